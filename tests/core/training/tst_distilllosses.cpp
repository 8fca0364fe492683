// Every loss of distillation against loops, against PyTorch (tests/data/distill/make_losses.py) and
// at points where the answer is known.
#include "core/base/files.h"
#include "tests/core/training/distillreference.h"

#include <ATen/Context.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <c10/core/GradMode.h>
#include <nlohmann/json.hpp>

#include <QtTest>

using namespace pare;
using namespace pare::test;

namespace {

using Json = nlohmann::json;

at::Tensor matrix(const Json &rows)
{
    const auto height = static_cast<std::int64_t>(rows.size());
    const auto width = static_cast<std::int64_t>(rows.at(0).size());
    at::Tensor result = at::empty({height, width}, at::kDouble);
    auto *to = result.data_ptr<double>();
    for (const Json &row : rows) {
        for (const Json &value : row)
            *to++ = value.get<double>();
    }
    return result;
}

const Json &golden()
{
    static const Json json = Json::parse(readFile(PARE_TEST_DATA "/distill/losses.json"));
    return json;
}

LossSetting goldenSetting()
{
    LossSetting setting;
    std::int64_t first = 0;
    for (const Json &group : golden().at("groups")) {
        setting.groups.push_back({first, group.at(0).get<std::int64_t>(), group.at(1)});
        first += setting.groups.back().sequences * setting.groups.back().length;
    }
    setting.starts = golden().at("starts").get<std::vector<std::int64_t>>();
    setting.heads = golden().at("heads");
    setting.relationHeads = golden().at("relationHeads");
    setting.projection = matrix(golden().at("projection"));
    return setting;
}

at::Tensor goldenTensor(const LossCase &loss, const char *side)
{
    return matrix(golden().at("tensors").at(loss.tensors).at(side));
}

const std::vector<LossCase> &allCases()
{
    static const std::vector<LossCase> cases = [] {
        std::vector<LossCase> all = logitCases();
        const LossSetting setting = goldenSetting();
        for (const auto &more : {hiddenCases(setting), attentionCases(setting)})
            all.insert(all.end(), more.begin(), more.end());
        return all;
    }();
    return cases;
}

/// By central differences of the loops.
at::Tensor slowGradient(const LossCase &loss, const at::Tensor &student, const at::Tensor &teacher)
{
    constexpr double step = 1e-5;
    Rows mine = rowsOf(student);
    const Rows its = rowsOf(teacher);
    at::Tensor gradient = at::empty_like(student);
    auto *to = gradient.data_ptr<double>();
    for (Row &row : mine) {
        for (double &value : row) {
            const double middle = value;
            value = middle + step;
            const double above = loss.slow(mine, its);
            value = middle - step;
            const double below = loss.slow(mine, its);
            value = middle;
            *to++ = (above - below) / (2 * step);
        }
    }
    return gradient;
}

} // namespace

class DistillLossesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { at::manual_seed(3); }

    void againstLoops_data() { addCases(); }
    void againstLoops();
    void againstPyTorch_data() { addCases(); }
    void againstPyTorch();
    void goldenIsComplete();
    void inSinglePrecision_data() { addCases(); }
    void inSinglePrecision();
    void onlyTheStudentLearns_data() { addCases(); }
    void onlyTheStudentLearns();
    void withoutGradients_data() { addCases(); }
    void withoutGradients();
    void equalIsZero_data() { addCases(); }
    void equalIsZero();
    void equalLogitsAtAnyTemperature_data();
    void equalLogitsAtAnyTemperature();
    void manyRows();
    void noRows();
    void crossEntropyIsKlAndEntropy();
    void statesOfZeros();
    void patienceOverLayers();
    void projectionLearns();
    void refusals();

private:
    static void addCases()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < allCases().size(); ++i)
            QTest::newRow(allCases()[i].name.c_str()) << static_cast<int>(i);
    }

    static const LossCase &fetched()
    {
        QFETCH(int, index);
        return allCases()[static_cast<std::size_t>(index)];
    }
};

void DistillLossesTest::againstLoops()
{
    const LossCase &loss = fetched();
    for (int i = 0; i < 3; ++i) {
        const at::Tensor student = leaf(at::randn_like(goldenTensor(loss, "student")));
        const at::Tensor teacher = at::randn_like(goldenTensor(loss, "teacher"));
        const at::Tensor value = loss.loss(student, teacher);
        (value * 3 + student.sum()).backward();
        const double expected = loss.slow(rowsOf(student), rowsOf(teacher));
        QVERIFY(std::abs(value.item<double>() - expected) < 1e-10 * (1 + std::abs(expected)));
        const at::Tensor gradient = slowGradient(loss, student, teacher) * 3 + 1;
        QVERIFY(difference(student.grad(), gradient) < 1e-7);
    }
}

void DistillLossesTest::againstPyTorch()
{
    const LossCase &loss = fetched();
    if (loss.name == "featureMapTransfer") // which is its own formula, mse_loss of hiddenMse
        return;
    const Json &expected = golden().at("losses").at(loss.name);
    QCOMPARE(QString::fromStdString(expected.at("tensors")), QString::fromStdString(loss.tensors));
    const at::Tensor student = leaf(goldenTensor(loss, "student"));
    const at::Tensor value = loss.loss(student, goldenTensor(loss, "teacher"));
    value.backward();
    QVERIFY(std::abs(value.item<double>() - expected.at("value").get<double>()) < 1e-9);
    const at::Tensor gradient = matrix(Json::array({expected.at("gradient")}));
    QVERIFY(difference(student.grad().reshape({1, -1}), gradient) < 1e-8);
}

void DistillLossesTest::goldenIsComplete()
{
    QCOMPARE(golden().at("losses").size(), allCases().size() - 1);
}

void DistillLossesTest::inSinglePrecision()
{
    const LossCase &loss = fetched();
    const at::Tensor exact = leaf(goldenTensor(loss, "student"));
    const at::Tensor single = leaf(exact.detach().to(at::kFloat));
    const at::Tensor teacher = goldenTensor(loss, "teacher");
    const at::Tensor value = loss.loss(exact, teacher);
    const at::Tensor found = loss.loss(single, teacher.to(at::kFloat));
    QCOMPARE(found.scalar_type(), at::kFloat);
    QCOMPARE(found.dim(), std::int64_t{0});
    value.backward();
    found.backward();
    QVERIFY(std::abs(found.item<double>() - value.item<double>()) <
            2e-6 * (1 + value.item<double>()));
    QVERIFY(difference(single.grad().to(at::kDouble), exact.grad()) < 2e-6);
}

void DistillLossesTest::onlyTheStudentLearns()
{
    const LossCase &loss = fetched();
    const at::Tensor student = leaf(goldenTensor(loss, "student"));
    const at::Tensor teacher = leaf(goldenTensor(loss, "teacher"));
    loss.loss(student, teacher).backward();
    QVERIFY(student.grad().abs().max().item<double>() > 0);
    QVERIFY(!teacher.grad().defined());
}

void DistillLossesTest::withoutGradients()
{
    const LossCase &loss = fetched();
    const at::Tensor student = leaf(goldenTensor(loss, "student"));
    const at::Tensor teacher = goldenTensor(loss, "teacher");
    const at::Tensor learnt = loss.loss(student, teacher);
    const c10::AutoGradMode none(false);
    const at::Tensor value = loss.loss(student, teacher);
    QVERIFY(learnt.requires_grad());
    QVERIFY(!value.requires_grad());
    QCOMPARE(value.item<double>(), learnt.item<double>());
}

void DistillLossesTest::equalIsZero()
{
    const LossCase &loss = fetched();
    if (loss.tensors == "wide")
        return;
    const at::Tensor student = leaf(goldenTensor(loss, "student"));
    const at::Tensor value = loss.loss(student, student.detach());
    value.backward();
    QVERIFY(std::abs(value.item<double>()) < 1e-14 || !loss.zeroForEqual);
    QVERIFY(student.grad().abs().max().item<double>() < 1e-14);
}

void DistillLossesTest::equalLogitsAtAnyTemperature_data()
{
    QTest::addColumn<double>("temperature");
    for (const double temperature : {0.01, 0.5, 1.0, 2.0, 10.0, 1000.0})
        QTest::addRow("%g", temperature) << temperature;
}

void DistillLossesTest::equalLogitsAtAnyTemperature()
{
    QFETCH(double, temperature);
    const at::Tensor logits = at::randn({9, 31}, at::kDouble) * 5;
    QCOMPARE(softenedKl(logits, logits, temperature).item<double>(), 0.0);
    const at::Tensor shifted = logits + 7; // softmax does not see it
    QVERIFY(std::abs(softenedKl(shifted, logits, temperature).item<double>()) < 1e-8);
}

/// More rows than are computed at a time.
void DistillLossesTest::manyRows()
{
    const at::Tensor student = leaf(at::randn({700, 1000}, at::kDouble));
    const at::Tensor teacher = at::randn({700, 1000}, at::kDouble);
    const at::Tensor same = leaf(student);
    const at::Tensor plain =
        4 * at::kl_div((same / 2).log_softmax(1), (teacher / 2).softmax(1), 2) / 700;
    const at::Tensor value = softenedKl(student, teacher, 2);
    value.backward();
    plain.backward();
    QVERIFY(std::abs(value.item<double>() - plain.item<double>()) < 1e-10);
    QVERIFY(difference(student.grad(), same.grad()) < 1e-14);
}

void DistillLossesTest::noRows()
{
    const at::Tensor student = leaf(at::empty({0, 5}, at::kDouble));
    const at::Tensor value = softenedKl(student, at::empty({0, 5}, at::kDouble), 2);
    value.backward();
    QCOMPARE(value.item<double>(), 0.0);
    QCOMPARE(student.grad().numel(), std::int64_t{0});
}

void DistillLossesTest::crossEntropyIsKlAndEntropy()
{
    const at::Tensor student = at::randn({6, 4}, at::kDouble);
    const at::Tensor teacher = at::randn({6, 4}, at::kDouble);
    const double entropy = softCrossEntropy(teacher, teacher, 1).item<double>();
    QVERIFY(entropy > 0 && entropy < std::log(4));
    QVERIFY(std::abs(softCrossEntropy(student, teacher, 1).item<double>() - entropy -
                     softenedKl(student, teacher, 1).item<double>()) < 1e-12);
}

void DistillLossesTest::statesOfZeros()
{
    const at::Tensor student = leaf(at::zeros({3, 4}, at::kDouble));
    const at::Tensor teacher = at::randn({3, 4}, at::kDouble);
    cosineDistance(student, teacher).backward();
    QVERIFY(at::isfinite(student.grad()).all().item<bool>());
    QCOMPARE(cosineDistance(student, teacher).item<double>(), 1.0);
    const std::vector<HiddenPair> pairs{{student, teacher}};
    QVERIFY(std::abs(patienceLoss(pairs, std::vector<std::int64_t>{0, 2}).item<double>() - 1) <
            1e-12);
    QVERIFY(std::abs(cosineDistance(-teacher, teacher).item<double>() - 2) < 1e-12);
}

void DistillLossesTest::patienceOverLayers()
{
    std::vector<HiddenPair> pairs;
    double sum = 0;
    const std::vector<std::int64_t> starts{0, 4, 5};
    for (int i = 0; i < 3; ++i) {
        pairs.push_back({at::randn({8, 5}, at::kDouble), at::randn({8, 5}, at::kDouble)});
        sum += slowPatience(rowsOf(pairs.back().student), rowsOf(pairs.back().teacher), starts);
    }
    QVERIFY(std::abs(patienceLoss(pairs, starts).item<double>() - sum / 3) < 1e-12);
    pairs[0].student.select(0, 1).fill_(100); // no [CLS]
    QVERIFY(std::abs(patienceLoss(pairs, starts).item<double>() - sum / 3) < 1e-12);
}

void DistillLossesTest::projectionLearns()
{
    const at::Tensor student = at::randn({4, 3}, at::kDouble);
    const at::Tensor projection = leaf(at::randn({2, 3}, at::kDouble));
    const at::Tensor teacher = student.matmul(projection.detach().t());
    QVERIFY(hiddenMse(student, teacher, projection).item<double>() < 1e-28);
    hiddenMse(student, teacher + 1, projection).backward();
    const at::Tensor expected = -student.sum(0, true).expand({2, 3}) / 4; // d/dW of mean (-1)²
    QVERIFY(difference(projection.grad(), expected) < 1e-12);
}

void DistillLossesTest::refusals()
{
    const at::Tensor narrow = at::randn({4, 3});
    const at::Tensor wide = at::randn({4, 5});
    const std::vector<HiddenPair> pairs{{narrow, wide}};
    const std::vector<std::int64_t> starts{0};
    const auto says = [](const QString &found, const char *expected) {
        return found.contains(expected) && found.contains("[4, 5]") && found.contains("[4, 3]");
    };
    QVERIFY(says(refusal([&] { softenedKl(narrow, wide, 1); }), "logits"));
    QVERIFY(says(refusal([&] { softCrossEntropy(narrow, wide, 1); }), "logits"));
    QVERIFY(says(refusal([&] { cosineDistance(narrow, wide); }), "hidden states"));
    QVERIFY(says(refusal([&] { patienceLoss(pairs, starts); }), "hidden states"));
    QVERIFY(says(refusal([&] { hiddenMse(narrow, wide); }), "hidden states"));
    QVERIFY(says(refusal([&] { featureMapTransfer(narrow, wide); }), "feature"));
    QVERIFY(refusal([&] {
                hiddenMse(narrow, wide, at::randn({3, 5}));
            }).contains("projection of [5, 3] (teacher by student), found [3, 5]"));
    for (const double temperature : {0.0, -1.0, HUGE_VAL, std::nan("")})
        QVERIFY(refusal([&] { softenedKl(narrow, narrow, temperature); }).contains("temperature"));
}

QTEST_APPLESS_MAIN(DistillLossesTest)
#include "tst_distilllosses.moc"
