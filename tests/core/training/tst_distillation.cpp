// Distillation by every method on tiny networks: students learn, stages are those of the papers, what
// cannot be is refused in words, and what was begun is gone on with bit by bit.
#include "tests/core/training/toytask.h"

#include "core/base/error.h"
#include "core/model/training.h"
#include "core/training/distill/distillation.h"
#include "core/training/distill/distilllessons.h"
#include "core/training/distill/distillpairs.h"
#include "core/training/distill/hiddenlosses.h"
#include "core/training/distill/studentstart.h"
#include "core/training/distill/teacherstates.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace pare;
namespace fs = std::filesystem;

namespace {

constexpr auto theTask = "the task";
constexpr auto theAnswers = "the teacher's answers";
constexpr auto onText = "the masked language model, on running text";

/// Everything a distillation refers to.
struct Toy
{
    NetworkSpecification teacher;
    ModelWeights teacherWeights;
    ModelWeights teacherHeads;
    NetworkSpecification student;
    ModelWeights studentWeights;
    ModelWeights noHeads;
    TrainingData task;
    std::vector<Sequence> text;
    Vocabulary vocabulary = test::toyWords();
    std::string method = "kd";
    std::string layerMap;
    fs::path state;
    fs::path cache;
    TrainingOptions options = test::toyOptions();

    DistillInputs inputs() const
    {
        return {.teacher = {teacher, teacherWeights, teacherHeads},
                .student = {student, studentWeights, noHeads},
                .method = parsedMethod(method),
                .layerMap = layerMap,
                .task = task,
                .text = text,
                .vocabulary = vocabulary,
                .masking = test::toyMasking(),
                .options = options,
                .state = state,
                .cache = cache,
                .identity = "toy"};
    }
};

using Change = std::function<void(Toy &)>;

double meanLoss(std::span<const TrainingPoint> points)
{
    double sum = 0;
    for (const TrainingPoint &point : points)
        sum += point.loss;
    return sum / static_cast<double>(points.size());
}

/// Between the first and the last third of a stage.
bool lossFalls(const TrainingRecord &record)
{
    const std::span<const TrainingPoint> points(record.points);
    const std::size_t third = points.size() / 3;
    return third > 0 && meanLoss(points.last(third)) < meanLoss(points.first(third));
}

} // namespace

Q_DECLARE_METATYPE(Change)

class DistillationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void studentsLearn_data();
    void studentsLearn();
    void learnsOnTextAlone_data();
    void learnsOnTextAlone();
    void heldBlocksDoNotMove();
    void lowerLayersLearnMoreSlowly();
    void stepsWithoutASuccessorAreNoPoints();
    void layerMapIsTaken();
    void augmentationAddsTexts();
    void withoutMaskedLmMobileBertSaysSo();
    void isRefused_data();
    void isRefused();
    void resumesInTheSecondStage_data();
    void resumesInTheSecondStage();
    void anotherOneIsNotResumed();

private:
    Toy m_lesson; ///< a taught teacher of four blocks, a new student of two
};

void DistillationTest::initTestCase()
{
    m_lesson.teacher = test::toySpecification({.blocks = 4});
    m_lesson.student = test::toySpecification({.blocks = 2});
    m_lesson.task = test::toyTask();
    m_lesson.text = test::toySet(160, 3).sequences;
    const TrainingData text{Objective::MaskedLm, {m_lesson.text, {}}, {}, test::toyMasking()};
    const ModelWeights read =
        test::toyTrained(test::toySpecification({.blocks = 4, .head = HeadKind::MaskedLm}), {},
                         text, test::toyOptions());
    TrainingOptions longer = test::toyOptions();
    longer.epochs = 10;
    m_lesson.teacherWeights = test::toyTrained(m_lesson.teacher, read, m_lesson.task, longer);
    for (const auto &[name, layer] : read.layers) {
        if (name.starts_with("mlm."))
            m_lesson.teacherHeads.layers[name] = layer;
    }
    QVERIFY(m_lesson.teacherHeads.layers.contains("mlm.transform"));
    QVERIFY(test::accuracyOf(m_lesson.teacher, m_lesson.teacherWeights, m_lesson.task) > 0.95);
}

void DistillationTest::studentsLearn_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("width");
    QTest::addColumn<QStringList>("stages");
    QTest::addColumn<QString>("layerMap");
    const QString onLayers = "layers, on running text", onTask = "layers, on the task";
    const QString relations = "relations of the last layer, on running text";
    QTest::newRow("kd") << "kd" << 16 << QStringList{theAnswers} << "";
    QTest::newRow("pkd") << "pkd" << 16 << QStringList{theAnswers} << "0:1";
    QTest::newRow("distilbert") << "distilbert" << 16 << QStringList{onText, theTask} << "";
    QTest::newRow("tinybert") << "tinybert" << 16 << QStringList{onLayers, onTask, theAnswers}
                              << "0:1,1:3";
    QTest::newRow("tinybert, narrow")
        << "tinybert" << 8 << QStringList{onLayers, onTask, theAnswers} << "0:1,1:3";
    QTest::newRow("tinybert, task alone") << "tinybert general-epochs=0 intermediate-epochs=1" << 16
                                          << QStringList{onTask, theAnswers} << "0:1,1:3";
    QTest::newRow("mobilebert") << "mobilebert prediction-epochs=6" << 16
                                << QStringList{"layer after layer, on running text", onText,
                                               theTask}
                                << "0:1,1:3";
    QTest::newRow("minilm") << "minilm transfer-epochs=6" << 16 << QStringList{relations, theTask}
                            << "";
    QTest::newRow("minilm, narrow")
        << "minilm transfer-epochs=10" << 8 << QStringList{relations, theTask} << "";
    QTest::newRow("minilm2") << "minilm2 relation-heads=4 teacher-layer=2 transfer-epochs=6" << 16
                             << QStringList{relations, theTask} << "";
    QTest::newRow("minilm2, narrow")
        << "minilm2 transfer-epochs=10" << 8 << QStringList{relations, theTask} << "";
    QTest::newRow("theseus") << "theseus" << 16
                             << QStringList{"modules replaced, on the task",
                                            "the successor alone, on the task"}
                             << "";
    QTest::newRow("theseus, no successor")
        << "theseus successor-epochs=0" << 16 << QStringList{"modules replaced, on the task"} << "";
}

void DistillationTest::studentsLearn()
{
    QFETCH(QString, method);
    QFETCH(int, width);
    QFETCH(QStringList, stages);
    QFETCH(QString, layerMap);
    Toy lesson = m_lesson;
    lesson.method = method.toStdString();
    lesson.student = test::toySpecification({.blocks = 2, .width = width});
    lesson.options.epochs = width < 16 ? 15 : 5;
    const Distilled made = distilled(lesson.inputs(), silentProgress());
    QCOMPARE(made.stages.size(), static_cast<std::size_t>(stages.size()));
    std::int64_t steps = 0;
    for (std::size_t i = 0; i < made.stages.size(); ++i) {
        const DistillStage &stage = made.stages[i];
        QCOMPARE(QString::fromStdString(stage.name), stages[static_cast<qsizetype>(i)]);
        QVERIFY(stage.report.steps > 0);
        steps += stage.report.steps;
        // Losses of another layer, or of another mixture of models, cannot be compared.
        const bool turns =
            stage.name.starts_with("layer after") || stage.name.starts_with("modules replaced");
        QVERIFY2(turns || i + 1 == made.stages.size() || lossFalls(stage.report),
                 stage.name.c_str());
    }
    QCOMPARE(QString::fromStdString(made.layerMap), layerMap);
    QCOMPARE(made.specification.stacks.front().blocks, 2);
    const double accuracy = test::accuracyOf(made.specification, made.weights, lesson.task);
    QVERIFY2(accuracy > 0.85, qPrintable(QString::number(accuracy)));
    const TrainingRecord record = made.record();
    QCOMPARE(record.steps, steps);
    QVERIFY(std::ranges::is_sorted(record.points, {}, &TrainingPoint::step));
    for (const Layer &layer : describe(made.specification).layers)
        QVERIFY2(made.weights.layers.contains(layer.name), layer.name.c_str());
}

void DistillationTest::learnsOnTextAlone_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("stages");
    QTest::newRow("distilbert") << "distilbert" << 1;
    QTest::newRow("tinybert") << "tinybert" << 1;
    QTest::newRow("mobilebert") << "mobilebert prediction-epochs=6" << 2;
    QTest::newRow("minilm") << "minilm" << 1;
    QTest::newRow("minilm2") << "minilm2" << 1;
}

/// A masked language model teaches a smaller one, without a task.
void DistillationTest::learnsOnTextAlone()
{
    QFETCH(QString, method);
    QFETCH(int, stages);
    Toy lesson = m_lesson;
    lesson.method = method.toStdString();
    lesson.task = {};
    lesson.teacher.head = HeadKind::MaskedLm;
    lesson.student.head = HeadKind::MaskedLm;
    lesson.teacherWeights.layers.insert(lesson.teacherHeads.layers.begin(),
                                        lesson.teacherHeads.layers.end());
    lesson.teacherHeads = {};
    const Distilled made = distilled(lesson.inputs(), silentProgress());
    QCOMPARE(made.stages.size(), static_cast<std::size_t>(stages));
    QVERIFY(lossFalls(made.stages.back().report));
    QCOMPARE(made.specification.head, HeadKind::MaskedLm);
    for (const Layer &layer : describe(made.specification).layers)
        QVERIFY2(made.weights.layers.contains(layer.name), layer.name.c_str());
}

/// While MobileBERT's layers learn one after the other, those below rest.
void DistillationTest::heldBlocksDoNotMove()
{
    TrainableNetwork student(m_lesson.student, {}, 1);
    TrainableNetwork teacher(m_lesson.teacher, m_lesson.teacherWeights, 1);
    teacher.freeze();
    const TeacherStates states(teacher, m_lesson.text, {.wants = TeacherWants::Trace, .limit = 0});
    LayerTeaching teaching;
    teaching.firstBlock = [](const LessonStep &step) { return static_cast<int>(step.step); };
    teaching.loss = [](const LayerComparison &compared) {
        return featureMapTransfer(compared.student.blocks[1].hidden,
                                  compared.teacher.blocks[3].hidden);
    };
    LayersLesson lesson(student, m_lesson.text, states, teaching);
    const std::vector<std::size_t> batch{0, 1, 2};
    for (const int first : {0, 1}) {
        student.clearGradients();
        LessonStep step;
        step.step = first;
        step.steps = 2;
        lesson.loss(batch, step).backward();
        for (const NamedParameter &parameter : lesson.parameters()) {
            const bool below = parameter.name.starts_with("encoder.0.") ||
                               parameter.name.starts_with("embedding.token");
            if (below || parameter.name.starts_with("encoder.1.ffn"))
                QVERIFY2(parameter.tensor.grad().defined() == (!below || first == 0),
                         parameter.name.c_str());
        }
    }
}

void DistillationTest::layerMapIsTaken()
{
    Toy lesson = m_lesson;
    lesson.method = "tinybert general-epochs=0";
    const Distilled own = distilled(lesson.inputs(), silentProgress());
    lesson.layerMap = "0:0, 1:2";
    const Distilled mapped = distilled(lesson.inputs(), silentProgress());
    QCOMPARE(mapped.layerMap, std::string("0:0,1:2"));
    QVERIFY(!test::equalWeights(own.weights, mapped.weights));
    lesson.layerMap = "top";
    lesson.method = "pkd";
    QCOMPARE(distilled(lesson.inputs(), silentProgress()).layerMap, std::string("0:2,1:3"));
}

void DistillationTest::augmentationAddsTexts()
{
    Toy lesson = m_lesson;
    lesson.task.train.sequences.resize(40);
    lesson.task.train.labels.resize(40);
    const auto tokensOfTheTask = [&](const std::string &method) {
        lesson.method = method;
        const Distilled made = distilled(lesson.inputs(), silentProgress());
        if (made.notes.empty() == (method.find("augment") != std::string::npos))
            qWarning("notes of %s", method.c_str());
        return made.stages.front().report.tokens;
    };
    const std::int64_t plain = tokensOfTheTask("tinybert general-epochs=0");
    const std::int64_t more =
        tokensOfTheTask("tinybert general-epochs=0 augment=2 candidates=4 replace=0.9");
    QVERIFY2(more > 2 * plain && more <= 3 * plain, qPrintable(QString::number(more)));
    lesson.method = "tinybert general-epochs=0 augment=2";
    const Distilled made = distilled(lesson.inputs(), silentProgress());
    QCOMPARE(made.notes.size(), std::size_t{1});
    QVERIFY(QString::fromStdString(made.notes.front().text()).contains("texts of 40"));
}

/// Steps in which no module of the student's took part have no loss.
void DistillationTest::stepsWithoutASuccessorAreNoPoints()
{
    Toy lesson = m_lesson;
    lesson.options.epochs = 2;
    lesson.method = "theseus base=0 slope=0 successor-epochs=0";
    QVERIFY(distilled(lesson.inputs(), silentProgress()).stages.front().report.points.empty());
    lesson.method = "theseus base=0.3 slope=0 successor-epochs=0";
    const TrainingReport some = distilled(lesson.inputs(), silentProgress()).stages.front().report;
    QVERIFY(!some.points.empty());
    QVERIFY(static_cast<std::int64_t>(some.points.size()) < some.steps);
    for (const TrainingPoint &point : some.points)
        QVERIFY(point.loss > 0 && point.gradientNorm > 0);
}

/// What MobileBERT's layers do once their turn is over.
void DistillationTest::lowerLayersLearnMoreSlowly()
{
    TrainableNetwork student(m_lesson.student, {}, 1);
    TrainableNetwork teacher(m_lesson.teacher, m_lesson.teacherWeights, 1);
    teacher.freeze();
    const TeacherStates states(teacher, m_lesson.text, {.wants = TeacherWants::Trace, .limit = 0});
    LayerTeaching teaching;
    teaching.firstBlock = [](const LessonStep &step) { return static_cast<int>(step.step); };
    teaching.lowerRate = 0.1;
    teaching.loss = [](const LayerComparison &compared) {
        return featureMapTransfer(compared.student.blocks[1].hidden,
                                  compared.teacher.blocks[3].hidden);
    };
    LayersLesson lesson(student, m_lesson.text, states, teaching);
    LessonStep step;
    QVERIFY(lesson.rateFactors(step).empty());
    step.step = 1;
    step.steps = 2;
    const std::vector<double> factors = lesson.rateFactors(step);
    const std::vector<NamedParameter> parameters = lesson.parameters();
    QCOMPARE(factors.size(), parameters.size());
    for (std::size_t i = 0; i < factors.size(); ++i) {
        const bool upper = parameters[i].name.starts_with("encoder.1.");
        const bool lower = parameters[i].name.starts_with("encoder.0.") ||
                           parameters[i].name.starts_with("embedding.");
        if (upper || lower)
            QCOMPARE(factors[i], upper ? 1.0 : 0.1);
    }
    lesson.loss(std::vector<std::size_t>{0, 1, 2}, step).backward();
    for (const NamedParameter &parameter : parameters) {
        if (parameter.name.starts_with("encoder.0.ffn"))
            QVERIFY2(parameter.tensor.grad().defined(), parameter.name.c_str());
    }
}

void DistillationTest::withoutMaskedLmMobileBertSaysSo()
{
    Toy lesson = m_lesson;
    lesson.method = "mobilebert";
    lesson.teacherHeads = {};
    const Distilled made = distilled(lesson.inputs(), silentProgress());
    QCOMPARE(made.stages.size(), std::size_t{2});
    QCOMPARE(made.notes.size(), std::size_t{1});
}

void DistillationTest::isRefused_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *method, const char *says,
                        const Change &change) { QTest::newRow(name) << method << change << says; };
    const auto narrow = [](Toy &lesson) {
        lesson.student = test::toySpecification({.blocks = 2, .width = 8});
    };
    const auto fourHeads = [](Toy &lesson) {
        lesson.student = test::toySpecification({.blocks = 2, .heads = 4});
    };
    const auto deep = [](Toy &lesson) { lesson.student = test::toySpecification({.blocks = 5}); };
    const auto noTask = [](Toy &lesson) { lesson.task = {}; };
    const auto noHeads = [](Toy &lesson) { lesson.teacherHeads = {}; };
    const auto nothing = [](Toy &) {};
    row("vocabulary", "kd", "one vocabulary", [](Toy &lesson) {
        lesson.student = test::toySpecification({.blocks = 2, .vocabulary = 30});
    });
    for (const char *method : {"pkd", "distilbert", "mobilebert", "theseus"})
        row(qPrintable(QString("width of %1").arg(method)), method, "16 wide, the student 8",
            narrow);
    for (const char *method : {"tinybert", "mobilebert", "minilm"})
        row(qPrintable(QString("heads of %1").arg(method)), method, "the teacher has 2 heads",
            fourHeads);
    row("no masked LM", "distilbert", "which the teacher has not", noHeads);
    row("nothing to augment with", "tinybert augment=1", "augment", noHeads);
    for (const char *method : {"kd", "pkd", "theseus"})
        row(qPrintable(QString("no data for %1").arg(method)), method, "--data", noTask);
    row("no data at all", "minilm", "running text", [](Toy &lesson) {
        lesson.task = {};
        lesson.text.clear();
    });
    row("no stage", "tinybert general-epochs=0", "general-epochs=0", noTask);
    row("deeper", "theseus", "the student has 5 blocks, the teacher only 4", deep);
    row("deeper, mapped", "tinybert", "5", deep);
    row("teacher-layer", "minilm2 teacher-layer=4", "from 0 to 3, found 4", nothing);
    row("relation heads", "minilm2 relation-heads=3", "found 3", nothing);
    row("relation heads of a narrow one", "minilm2 relation-heads=16", "16 and 8, found 16",
        narrow);
    row("labels", "kd", "the teacher has 2, the student 3", [](Toy &lesson) {
        lesson.student.labels = {"animal", "tool", "plant"};
    });
    row("no classifier", "kd", "classifier",
        [](Toy &lesson) { lesson.teacher.head = HeadKind::MaskedLm; });
    row("layer map", "tinybert", "7", [](Toy &lesson) { lesson.layerMap = "0:1,1:7"; });
}

/// Before anything is computed.
void DistillationTest::isRefused()
{
    QFETCH(QString, method);
    QFETCH(Change, change);
    QFETCH(QString, says);
    Toy lesson = m_lesson;
    lesson.method = method.toStdString();
    change(lesson);
    try {
        checkDistillation(lesson.inputs());
        QFAIL("nothing was refused");
    } catch (const Error &error) {
        QVERIFY2(QString(error.what()).contains(says), error.what());
    }
    QVERIFY_EXCEPTION_THROWN(distilled(lesson.inputs(), silentProgress()), Error);
}

void DistillationTest::resumesInTheSecondStage_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("width");
    QTest::newRow("distilbert") << "distilbert" << 16;
    QTest::newRow("tinybert, narrow") << "tinybert" << 8;
    QTest::newRow("tinybert, augmented") << "tinybert augment=1 general-epochs=0.5" << 16;
    QTest::newRow("mobilebert") << "mobilebert" << 16;
    QTest::newRow("theseus") << "theseus" << 16;
}

void DistillationTest::resumesInTheSecondStage()
{
    QFETCH(QString, method);
    QFETCH(int, width);
    const QTemporaryDir folder;
    Toy lesson = m_lesson;
    lesson.method = method.toStdString();
    lesson.student = test::toySpecification({.blocks = 2, .width = width});
    const Distilled whole = distilled(lesson.inputs(), silentProgress());
    lesson.state = fs::path(folder.path().toStdString()) / "state";
    lesson.cache = fs::path(folder.path().toStdString()) / "cache";
    const std::int64_t first = whole.stages.front().report.steps;
    test::CancellingProgress progress = test::cancelledAfter(first + 3);
    QVERIFY_EXCEPTION_THROWN(distilled(lesson.inputs(), progress), Cancelled);
    QVERIFY(fs::exists(lesson.state / "stage-1.safetensors"));
    QVERIFY(fs::exists(lesson.state / "stage-2.safetensors"));
    test::CancellingProgress again = test::cancelledAfter(2);
    QVERIFY_EXCEPTION_THROWN(distilled(lesson.inputs(), again), Cancelled);
    const Distilled parts = distilled(lesson.inputs(), silentProgress());
    QVERIFY(test::equalWeights(parts.weights, whole.weights));
    QVERIFY(test::equalWeights(parts.otherHeads, whole.otherHeads));
    QCOMPARE(parts.stages.size(), whole.stages.size());
    for (std::size_t i = 0; i < parts.stages.size(); ++i) {
        QCOMPARE(parts.stages[i].report.points, whole.stages[i].report.points);
        QCOMPARE(parts.stages[i].report.evaluations, whole.stages[i].report.evaluations);
    }
    QVERIFY(!fs::exists(lesson.state));
}

void DistillationTest::anotherOneIsNotResumed()
{
    const QTemporaryDir folder;
    Toy lesson = m_lesson;
    lesson.state = fs::path(folder.path().toStdString()) / "state";
    test::CancellingProgress progress = test::cancelledAfter(2);
    QVERIFY_EXCEPTION_THROWN(distilled(lesson.inputs(), progress), Cancelled);
    lesson.method = "kd temperature=3";
    QVERIFY_EXCEPTION_THROWN(distilled(lesson.inputs(), silentProgress()), Error);
}

QTEST_GUILESS_MAIN(DistillationTest)
#include "tst_distillation.moc"
