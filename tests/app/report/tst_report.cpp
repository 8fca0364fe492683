// What a report says: the facts of a project, and the sentences and tables made of them.
#include "app/report/commands.h"
#include "app/report/csvwriter.h"
#include "app/report/embedded.h"
#include "app/report/htmlwriter.h"
#include "app/report/markdownwriter.h"
#include "app/report/report.h"
#include "app/report/runnotes.h"
#include "app/report/words.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/messages.h"
#include "core/compression/messages.h"
#include "core/experiment/messages.h"
#include "tests/app/report/reportfixtures.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace pare;

namespace {

/// Says every text of the report backwards.
class Backwards : public QTranslator
{
public:
    QString translate(const char *context, const char *source, const char *, int) const override
    {
        if (QLatin1String(context) != QLatin1String("pare::Report"))
            return {};
        return QStringLiteral("ㄱ") + QString::fromUtf8(source);
    }
    bool isEmpty() const override { return false; }
};

/// Says every message of core otherwise.
class CoreOtherwise : public QTranslator
{
public:
    QString translate(const char *context, const char *source, const char *, int) const override
    {
        return QLatin1String(context) == QLatin1String("core")
                   ? QStringLiteral("ㄱ") + QString::fromUtf8(source)
                   : QString();
    }
    bool isEmpty() const override { return false; }
};

/// All that a reader sees, block after block.
QString textOf(const ReportContent &content)
{
    QStringList all{content.title, content.under};
    for (const ReportSection &section : content.sections) {
        all << section.title;
        for (const ReportBlock &block : section.blocks) {
            if (const auto *paragraph = std::get_if<ReportParagraph>(&block))
                all << paragraph->text;
            if (const auto *code = std::get_if<ReportCode>(&block))
                all << code->text;
            if (const auto *picture = std::get_if<ReportPicture>(&block))
                all << picture->caption;
            if (const auto *references = std::get_if<ReportReferences>(&block)) {
                for (const ReportReference &entry : references->entries)
                    all << entry.name << entry.text << entry.paper;
            }
            if (const auto *table = std::get_if<ReportTable>(&block)) {
                all << table->caption;
                for (const ReportRow &row : table->rows)
                    for (const ReportCell &cell : row.cells)
                        all << cell.text << cell.mark << cell.code;
            }
        }
    }
    return all.join(QLatin1Char(10)).replace(QChar(QChar::Nbsp), QLatin1Char(32));
}

const ReportSection *sectionOf(const ReportContent &content, const QString &title)
{
    for (const ReportSection &section : content.sections) {
        if (section.title == title)
            return &section;
    }
    return nullptr;
}

const ReportTable *tableOf(const ReportSection *section)
{
    if (section)
        for (const ReportBlock &block : section->blocks)
            if (const auto *table = std::get_if<ReportTable>(&block))
                return table;
    return nullptr;
}

} // namespace

class TestReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::makeProject(path("p.pare")); }

    void runsAreGroupedByModelAndData()
    {
        std::vector<test::FigureRun> figures = test::figureRuns();
        figures.push_back(
            {"o1", "quantize.affine bits=4", 3'000'000, 350, "/nowhere/models/other"});
        test::makeProject(path("two.pare"), figures);
        const ReportFacts facts = test::factsOf(path("two.pare"));
        QCOMPARE(facts.project, std::string("two.pare"));
        QCOMPARE(facts.groups.size(), std::size_t(2));
        QCOMPARE(facts.groups[0].runs.size(), std::size_t(5));
        QCOMPARE(facts.groups[1].runs.size(), std::size_t(1));
        QCOMPARE(facts.runs().size(), std::size_t(6));
        const ReportContent content = reportContent(facts);
        QVERIFY(sectionOf(content, "tiny on it's here.tsv"));
        QVERIFY(sectionOf(content, "other on it's here.tsv"));
        QCOMPARE(sectionOf(content, "In short")->level, 3);
        QCOMPARE(sectionOf(content, "Methods")->level, 2);
    }

    void theSmallestWithinAPointIsChosen()
    {
        const ReportFacts facts = test::factsOf(path("p.pare"));
        const ReportGroup &group = facts.groups.front();
        QCOMPARE(group.chosenRun().run.id, std::string("r4")); // 357 of 400: 0.75 points less
        QCOMPARE(smallestWithin(group.runs, 0.5), std::optional<std::size_t>(1));
        QCOMPARE(smallestWithin(group.runs, 50), std::optional<std::size_t>(3));
        QCOMPARE(bestUnder(group.runs, 4'000'000), std::optional<std::size_t>(1));
        QCOMPARE(bestUnder(group.runs, 1'500'000), std::optional<std::size_t>(3));
        QVERIFY(!bestUnder(group.runs, 999'999));
        const std::vector<bool> front{false, true, true, true, false};
        QCOMPARE(group.onFront, front);
    }

    void answersTellWhatChanged()
    {
        const ReportFacts facts = test::factsOf(path("p.pare"));
        const ReportGroup &group = facts.groups.front();
        QVERIFY(!group.runs[0].answers->comparison); // the original itself
        const AnswerFacts &two = *group.runs[3].answers;
        QCOMPARE(two.changed.worse, std::int64_t(160));
        QCOMPARE(two.changed.better, std::int64_t(0));
        QCOMPARE(two.comparison->verdict, Verdict::Worse);
        QCOMPARE(two.comparison->difference.value, -0.4);
        QCOMPARE(two.onFront, 1.0); // the smallest
        const AnswerFacts &eight = *group.runs[1].answers;
        QCOMPARE(eight.comparison->verdict, Verdict::Same);
        QCOMPARE(eight.changed.all(), std::int64_t(0));
        QCOMPARE(group.examples.size(), std::size_t(3)); // all that r4 changed
        QCOMPARE(group.examples.front().flip.example, std::size_t(357));
    }

    void whatIsGoneIsSaid()
    {
        const ReportFacts facts = test::factsOf(path("p.pare"));
        const ReportGroup &group = facts.groups.front();
        QVERIFY(!group.model);
        QVERIFY(!group.withoutModel.empty());
        QVERIFY(!group.withoutTexts.empty());
        const QString text = textOf(reportContent(facts));
        QVERIFY2(text.contains("There is no map of this run: the model could not be opened"),
                 qPrintable(text));
        QVERIFY2(text.contains("texts cannot be shown"), qPrintable(text));
    }

    void deletedRunsStayAway()
    {
        test::makeProject(path("deleted.pare"));
        {
            Project project = Project::open(path("deleted.pare"), Access::ReadWrite);
            RunNote note;
            note.deleted = true;
            project.setRunNotes({{"r2", note}});
        }
        const std::vector<Run> runs = test::factsOf(path("deleted.pare")).runs();
        QCOMPARE(runs.size(), std::size_t(4));
        QVERIFY(std::ranges::find(runs, "r2", &Run::id) == runs.end());
    }

    void aProjectWithoutRunsIsRefused()
    {
        Project::create(path("empty.pare"));
        QVERIFY_EXCEPTION_THROWN(test::factsOf(path("empty.pare")), Error);
    }

    /// Of earlier versions: neither answers nor everything that is measured today.
    void runsThatKnowLittleAreReportedToo()
    {
        {
            Project project = Project::create(path("old.pare"));
            Run run;
            run.id = "old";
            run.modelPath = "/nowhere/m";
            run.dataPath = "/nowhere/d.tsv";
            run.primaryMetric = "accuracy";
            project.appendRun(run);
        }
        const ReportFacts facts = test::factsOf(path("old.pare"));
        const QString text = textOf(reportContent(facts));
        QVERIFY2(text.contains("not measured"), qPrintable(text));
        QVERIFY2(!text.contains("nan"), qPrintable(text));
        for (const ReportFormat format :
             {ReportFormat::Html, ReportFormat::Pdf, ReportFormat::Markdown, ReportFormat::Csv})
            QVERIFY(!reportFile(facts, format).isEmpty());
    }

    void sentencesSayWhatWasMeasured()
    {
        const QString text = textOf(reportContent(test::factsOf(path("p.pare"))));
        for (const char *expected :
             {"What the model tiny can lose", "The 5 runs of p.pare",
              "The model tiny takes 8.00 MB as it is and answers 90.00 % (88.00 … 92.00) of 400 "
              "examples of it's here.tsv correctly.",
              "The smallest file that loses at most one point is 2.00 MB, 25.0 % of the original, "
              "with the recipe “4 bits”: 89.25 % (87.25 … 91.25) right.",
              "It answers 3 of 400 examples otherwise than the original: 0 for the better, 3 for "
              "the worse, 0 wrong either way.",
              "4 compressed: 2 worse by more than chance explains, 0 better",
              "quantize.affine bits=4", "12.50 %", "−40.00", "Jacob et al. 2018, arXiv 1712.05877",
              "percentile: 1.00 … 1.50", "Machine: a test; threads: 2; kernels: aten float32",
              "Han et al. 2015, arXiv 1506.02626", "weights of r4", "a test", "1.13.0"})
            QVERIFY2(text.contains(QString::fromUtf8(expected)),
                     qPrintable(QString::fromUtf8(expected) + " in:\n" + text));
        QVERIFY(!text.contains("GPTQ")); // which no run used
    }

    void earlierCompressionIsToldAtOnce()
    {
        ReportFacts facts = test::factsOf(path("p.pare"));
        const QString said = "That model had been compressed before";
        const auto inShort = [&] { return textOf(reportContent(facts)).contains(said); };
        QVERIFY(!inShort());
        Checkpoint earlier;
        earlier.compressed = true;
        facts.groups.front().runs.back().run.notes.push_back(earlier.alreadyCompressed()->text());
        QVERIFY(inShort());
        earlier.record.emplace().recipe = Recipe{{parsedStep("quantize.half")}};
        facts.groups.front().runs.back().run.notes.back() = earlier.alreadyCompressed()->text();
        QVERIFY(inShort());
    }

    /// Whatever age the run is: its remarks are sentences, and are told in the reader's language.
    void remarksAreTranslated()
    {
        const Message told =
            message(messages::stepReplaces, "quantize.affine bits=4", "prune.wanda", 12);
        QCOMPARE(noteInWords(told.text()), QString::fromStdString(told.text()));
        QCOMPARE(noteInWords("a note 5 % of \"that\""), QString("a note 5 % of \"that\""));
        CoreOtherwise other;
        QCoreApplication::installTranslator(&other);
        for (const Message &one :
             {told, message(messages::stepsReordered, "prune.magnitude; quantize.half"),
              message(messages::experimentUnsteady, "1.20", "8.40"),
              message(messages::experimentUnsteadyOriginal, "1.20", "8.40"),
              message(messages::checkpointCompressedBy, "4 bits", "bert"),
              message(messages::shareSurvives, "share.tuples", 3, "1, 2", "91.2", "0.310")}) {
            const QString words = noteInWords(one.text());
            QCOMPARE(words, inWords(one));
            QCOMPARE(words, "ㄱ" + QString::fromStdString(one.text()));
        }
        QCoreApplication::removeTranslator(&other);
    }

    /// A remark that is new in the planner is known to reports too.
    void everyRemarkIsKnown()
    {
        const std::string root = PARE_TEST_DATA "/../../";
        const std::string known = readFile(root + "app/report/runnotes.cpp");
        static const QRegularExpression remark(
            QStringLiteral("(?:\\bnote|otes\\.push_back)\\((?:message\\()?(messages::\\w+)"));
        int count = 0;
        for (const char *file :
             {"core/compression/plan.cpp", "core/compression/compress.cpp",
              "core/compression/share/survivors.cpp", "core/experiment/experiment.cpp",
              "core/experiment/distilledrun.cpp"}) {
            const QString code = QString::fromStdString(readFile(root + file));
            auto found = remark.globalMatch(code);
            while (found.hasNext()) {
                const std::string name = found.next().captured(1).toStdString();
                QVERIFY2(known.find(name) != std::string::npos, name.c_str());
                ++count;
            }
        }
        QVERIFY2(count >= 11, qPrintable(QString::number(count)));
    }

    void theTableOfRunsHasAllOfThem()
    {
        const ReportContent content = reportContent(test::factsOf(path("p.pare")));
        const ReportTable *table = tableOf(sectionOf(content, "All runs, smallest file first"));
        QVERIFY(table);
        QCOMPARE(table->rows.size(), std::size_t(5));
        QStringList ids;
        for (const ReportRow &row : table->rows) {
            QCOMPARE(row.cells.size(), table->columns.size());
            ids << row.cells.back().code;
        }
        QCOMPARE(ids, QStringList({"r2", "r4", "r8", "p5", "r0"}));
        QCOMPARE(table->rows[1].kind, RowKind::Chosen);
        QCOMPARE(table->rows[4].kind, RowKind::Original);
        QCOMPARE(table->rows[0].cells[5].text, QString("worse"));
    }

    /// Tables have an end, and say so; the numbers of all runs are in the CSV.
    void exportedFilesAreTold()
    {
        const std::filesystem::path file = path("exports.pare");
        test::makeProject(file);
        {
            Project project = Project::open(file, Access::ReadWrite);
            project.setRunNotes({{"r2", {"", {}, true}}});
            for (const KeptExport &kept : test::keptExports())
                project.appendExport(kept);
        }
        const ReportFacts facts = test::factsOf(file);
        QCOMPARE(facts.groups.front().exports.size(), std::size_t(3)); // without the deleted run's
        const ReportContent content = reportContent(facts, {});
        const ReportSection *section = sectionOf(content, "Exported files");
        QVERIFY(section);
        std::vector<ReportTable> tables;
        for (const ReportBlock &block : section->blocks) {
            if (const auto *table = std::get_if<ReportTable>(&block))
                tables.push_back(*table);
        }
        QCOMPARE(tables.size(), std::size_t(2));
        const auto texts = [&](std::size_t row) {
            QStringList all;
            for (const ReportCell &cell : tables[0].rows.at(row).cells)
                all << cell.text;
            return all;
        };
        QCOMPARE(texts(0), (QStringList{"gguf-out", "8 bits", "GGUF, float16", "4,000,123", "0.13",
                                        "2 / 400", "it's here.tsv", "passed", "2026-11-21 09:30"}));
        QCOMPARE(texts(1).mid(5, 3),
                 (QStringList{"0 / 16", "random tokens", "failed: layer x has other values"}));
        QCOMPARE(texts(2)[1], QString("3 bits (not measured)"));
        QCOMPARE(tables[1].rows.front().cells[1].code, QStringList{QString(64, 'c')});
        QVERIFY(std::ranges::any_of(section->blocks, [](const ReportBlock &block) {
            const auto *paragraph = std::get_if<ReportParagraph>(&block);
            return paragraph && paragraph->tone == ParagraphTone::Alert;
        }));
        QVERIFY(csvOf(facts).contains("gguf float16 gguf-out/model.gguf: passed"));
        for (const QByteArray &written :
             {markdownOf(content), htmlOf(content, embeddedJson(facts))})
            QVERIFY(written.contains("gguf-out/model.gguf") && written.contains("random tokens"));
        // Without any there is no such section.
        QVERIFY(!sectionOf(reportContent(test::factsOf(path("p.pare")), {}), "Exported files"));
    }

    void longTablesSayWhatTheyLeaveOut()
    {
        ReportFacts facts;
        facts.project = "many.pare";
        ReportGroup group;
        for (int i = 0; i < 450; ++i) {
            RunFacts one{test::run({"m", "quantize.affine bits=4", 1000 + i, 300}), {}, {}};
            one.run.id = "m" + std::to_string(i);
            group.runs.push_back(std::move(one));
            group.onFront.push_back(i == 0);
        }
        facts.groups.push_back(std::move(group));
        const ReportContent content = reportContent(facts);
        QCOMPARE(tableOf(sectionOf(content, "All runs, smallest file first"))->rows.size(),
                 std::size_t(400));
        const QString text = textOf(content);
        QVERIFY(text.contains("These are the 400 smallest of 450 runs; the CSV has all."));
        QVERIFY(text.contains("These are the 400 smallest of 450 runs.\n"));
        QVERIFY(text.contains("# run m399:") && !text.contains("# run m400:"));
        QVERIFY(reportFile(facts, ReportFormat::Csv).contains("m449"));
    }

    void remarksAndTitlesAreTheCallers()
    {
        ReportOptions options;
        options.title = "A title of mine";
        options.remarks << "A remark of mine.";
        const ReportContent content = reportContent(test::factsOf(path("p.pare")), options);
        QCOMPARE(content.title, options.title);
        QVERIFY(textOf(content).contains("A remark of mine."));
    }

    void everySentenceIsTranslated()
    {
        Backwards translator;
        QCoreApplication::installTranslator(&translator);
        const ReportContent content = reportContent(test::factsOf(path("p.pare")));
        QCoreApplication::removeTranslator(&translator);
        QVERIFY(content.title.startsWith(QStringLiteral("ㄱ")));
        for (const ReportSection &section : content.sections) {
            QVERIFY2(section.title.startsWith(QStringLiteral("ㄱ")), qPrintable(section.title));
            for (const ReportBlock &block : section.blocks) {
                if (const auto *table = std::get_if<ReportTable>(&block))
                    for (const ReportColumn &column : table->columns)
                        QVERIFY2(column.title.startsWith(QStringLiteral("ㄱ")),
                                 qPrintable(column.title));
                if (const auto *picture = std::get_if<ReportPicture>(&block))
                    QVERIFY(picture->caption.startsWith(QStringLiteral("ㄱ")));
            }
        }
    }

    void numbersFollowTheLanguage()
    {
        const ReportNumbers german(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(german.bytes(2'345'678), QString("2,35\u00a0MB"));
        QCOMPARE(german.count(5723), QString("5.723"));
        QCOMPARE(german.percent(0.9158), QString("91,58 %"));
        const ReportNumbers english(QLocale(QLocale::English, QLocale::UnitedStates));
        QCOMPARE(english.count(5723), QString("5,723"));
        QCOMPARE(english.bytes(999), QString("999 bytes"));
        QCOMPARE(english.bytes(999'600), QString("1.00\u00a0MB"));
        QCOMPARE(english.pointsInterval({-0.00521, -0.0101, 0.0003, 100}),
                 QStringLiteral("−0.52 (−1.01 … +0.03)"));
        QCOMPARE(english.points(-0.00001), QString("0.00 points"));
        QCOMPARE(english.number(std::nan(""), 2), QStringLiteral("–"));
    }

    void wordsAreQuotedForTheShell_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("quoted");
        QTest::newRow("plain") << "/a/b-c_d.tsv"
                               << "/a/b-c_d.tsv";
        QTest::newRow("space") << "a b"
                               << "'a b'";
        QTest::newRow("quote") << "it's"
                               << "'it'\\''s'";
        QTest::newRow("empty") << ""
                               << "''";
        QTest::newRow("variable") << "$HOME"
                                  << "'$HOME'";
        QTest::newRow("home") << "~/x"
                              << "'~/x'";
        QTest::newRow("glob") << "encoder.*"
                              << "'encoder.*'";
    }

    void wordsAreQuotedForTheShell()
    {
        QFETCH(QString, word);
        QFETCH(QString, quoted);
        QCOMPARE(QString::fromStdString(shellWord(word.toStdString())), quoted);
    }

    void commandsHaveAllThatARunFollowsFrom()
    {
        Run run = test::run({"x", "quantize.gptq bits=4", 1, 1});
        run.recipe.training = checked(recipeWithTraining()).training;
        run.calibrationPath = "c.tsv";
        run.calibrationExamples = 64;
        run.devPath = "dev.tsv";
        run.trainPath = "train.tsv";
        run.batchTokens = 512;
        const QString command = QString::fromStdString(repeatingCommand(run));
        for (const char *expected :
             {"pare run /nowhere/models/tiny --data '/nowhere/data/it'\\''s here.tsv'",
              "--step 'quantize.gptq ", "--recover '", "epochs=1", "--calibration c.tsv",
              "--calibration-examples 64", "--dev dev.tsv", "--train train.tsv",
              "--batch-tokens 512", "--threads 2", "--seed 3"})
            QVERIFY2(command.contains(expected), qPrintable(expected + (" in:\n" + command)));
        run.distillation = Distillation{.method = parsedStep("kd alpha=0.5"),
                                        .studentPath = "/s",
                                        .options = {{"epochs", "2"}}};
        const QString taught = QString::fromStdString(repeatingCommand(run));
        for (const char *expected : {"pare distill --teacher /nowhere/models/tiny", "--student /s",
                                     "--method 'kd alpha=0.5'", "--data train.tsv", "--test '",
                                     "--epochs 2", "--output STUDENT"})
            QVERIFY2(taught.contains(expected), qPrintable(expected + (" in:\n" + taught)));
    }

    void endingsAreFormats()
    {
        QCOMPARE(reportFormat("a/b.html"), ReportFormat::Html);
        QCOMPARE(reportFormat("b.PDF"), ReportFormat::Pdf);
        QCOMPARE(reportFormat("b.md"), ReportFormat::Markdown);
        QCOMPARE(reportFormat("runs.csv"), ReportFormat::Csv);
        for (const char *other : {"b.txt", "b", "html", "b.html.gz"})
            QVERIFY_EXCEPTION_THROWN(reportFormat(other), Error);
    }

private:
    static Recipe recipeWithTraining()
    {
        Recipe recipe;
        recipe.steps = {parsedStep("recover epochs=1")};
        return recipe;
    }

    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }

    QTemporaryDir m_folder;
};

QTEST_MAIN(TestReport)
#include "tst_report.moc"
