// What the document can tell without measuring, exports and students; with a tiny model.
#include "tests/support/tinyproject.h"

#include "core/experiment/exporting.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <map>

using namespace pare;
using test::patience;
using test::textOf;

namespace {

/// By step, as they were told last.
std::map<std::string, std::optional<double>> timesOf(const QSignalSpy &told)
{
    std::map<std::string, std::optional<double>> times;
    if (told.isEmpty())
        return times;
    for (const LayerOption &option : told.last().first().value<LayerOptions>().options)
        times[option.step] = option.milliseconds;
    return times;
}

} // namespace

class TestDocumentWhatIf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_tiny = test::makeTinyModel(m_folder.path().toStdString());
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
    }

    void sweepsTellWhatRecipesCost()
    {
        Document document;
        open(document);
        document.addStep(parsedStep("quantize.affine bits=4"));
        QTest::qWait(50);
        QCOMPARE(document.forecast().state, Forecast::State::Unknown); // nothing was asked
        QSignalSpy sensitivities(&document, &Document::sensitivitiesChanged);
        document.sweepLayers();
        QTRY_COMPARE_WITH_TIMEOUT(document.job().state, JobStatus::State::Finished, patience);
        QVERIFY(sensitivities.count() > 0);
        QVERIFY(document.sensitivities().size() >= 18 * 7); // matrices of the blocks, usual options
        for (const LayerSensitivity &one : document.sensitivities()) {
            QVERIFY(one.accuracy.n > 0);
            QVERIFY(one.bytes > 0 && one.bytes < document.model().bytes);
        }
        QTRY_COMPARE_WITH_TIMEOUT(document.forecast().state, Forecast::State::Known, patience);
        // What one layer's options cost in time is that of the sweep, which asked 8 bits but no 2:4.
        QSignalSpy options(&document, &Document::optionsWeighed);
        document.weighOptions("encoder.0.ffn.up");
        std::map<std::string, std::optional<double>> times;
        QTRY_VERIFY_WITH_TIMEOUT(
            (times = timesOf(options))["quantize.affine bits=8 @ encoder.0.ffn.up"].has_value(),
            patience);
        QVERIFY(!times.at("prune.magnitude pattern=2:4 @ encoder.0.ffn.up"));
        const auto asked =
            std::ranges::find_if(document.sensitivities(), [](const LayerSensitivity &one) {
                return one.layer == "encoder.0.ffn.up" && one.step.integer("bits") == 8;
            });
        QCOMPARE(times["quantize.affine bits=8 @ encoder.0.ffn.up"], asked->milliseconds);
        const Interval predicted = document.forecast().accuracy;
        QVERIFY(predicted.low <= predicted.value && predicted.value <= predicted.high);
        // Measuring takes its place.
        QSignalSpy finished(&document, &Document::runFinished);
        document.measure();
        QVERIFY(finished.wait(patience));
        QTRY_COMPARE(document.forecast().state, Forecast::State::Unknown);
        // What is previewed is predicted, too.
        QSignalSpy forecasts(&document, &Document::forecastChanged);
        document.previewStep(0, parsedStep("quantize.affine bits=3"));
        QTRY_COMPARE_WITH_TIMEOUT(document.forecast().state, Forecast::State::Known, patience);
        QCOMPARE(document.forecast().unmeasured, 0);
        document.previewStep(0, parsedStep("prune.magnitude"));
        QTRY_VERIFY_WITH_TIMEOUT(document.forecast().state != Forecast::State::Working, patience);
    }

    /// What has been asked by now tells as much while the sweep goes on.
    void sweepsThatGoOnTellWhatRecipesCost()
    {
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache3").toUtf8());
        Document document;
        open(document);
        document.addStep(parsedStep("quantize.affine bits=8 @ classifier"));
        QTest::qWait(50);
        QCOMPARE(document.forecast().state, Forecast::State::Unknown);
        document.sweepLayers();
        QTRY_VERIFY_WITH_TIMEOUT(!document.sensitivities().empty(), patience);
        document.pauseJob();
        document.replaceStep(0, document.sensitivities().front().step);
        QTRY_COMPARE_WITH_TIMEOUT(document.forecast().state, Forecast::State::Known, patience);
        QCOMPARE(document.job().state, JobStatus::State::Running);
        QCOMPARE(document.forecast().unmeasured, 0);
        document.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(document.job().state != JobStatus::State::Running, patience);
        QTRY_COMPARE_WITH_TIMEOUT(document.forecast().state, Forecast::State::Known, patience);
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
    }

    void cancelledSweepsKeepWhatTheyAsked()
    {
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache2").toUtf8());
        {
            Document document;
            open(document);
            QSignalSpy sensitivities(&document, &Document::sensitivitiesChanged);
            document.sweepLayers();
            QTRY_VERIFY_WITH_TIMEOUT(!document.sensitivities().empty(), patience);
            document.cancel();
            QTRY_VERIFY_WITH_TIMEOUT(document.job().state != JobStatus::State::Running, patience);
        }
        Document document;
        open(document);
        QTRY_VERIFY_WITH_TIMEOUT(!document.sensitivities().empty(), patience);
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
    }

    void budgetsAreAnsweredBeforeAnythingChanges()
    {
        Document document;
        open(document);
        QSignalSpy found(&document, &Document::budgetFound);
        const auto limit = document.model().bytes / 2;
        document.findBudget(QStringLiteral("bytes<=%1").arg(limit), {"encoder.0.ffn.up"});
        QVERIFY(document.searchJob());
        QCOMPARE(document.jobEntries().front().number, *document.searchJob());
        QCOMPARE(document.jobEntries().front().title.text(),
                 QStringLiteral("Looking for the best recipe of at most %1 MB")
                     .arg(static_cast<double>(limit) / 1e6, 0, 'f', 2)
                     .toStdString());
        QVERIFY(found.wait(patience));
        QVERIFY(!document.searchJob());
        const auto proposal = found.takeFirst().first().value<BudgetProposal>();
        QVERIFY2(!proposal.error, proposal.error ? proposal.error->text().c_str() : "");
        QVERIFY(proposal.bytes <= limit);
        QVERIFY(proposal.gap < 1e-9);
        QVERIFY(proposal.options > 100);
        QVERIFY(!proposal.front.empty());
        QVERIFY(proposal.front.front().bytes <= proposal.front.back().bytes);
        for (const BudgetProposal::Reason &reason : proposal.reasons)
            QVERIFY(reason.layer != "encoder.0.ffn.up");
        QVERIFY(document.choices().steps.empty());
        document.findBudget("bytes<=1", {});
        QVERIFY(found.wait(patience));
        QVERIFY(found.takeFirst().first().value<BudgetProposal>().error);
        document.findBudget("bytes<=many", {});
        QCOMPARE(found.count(), 1);
        QVERIFY(found.takeFirst().first().value<BudgetProposal>().error);
    }

    void exportsAreReadAgain()
    {
        Document document;
        open(document);
        document.addStep(parsedStep("quantize.affine bits=4"));
        QSignalSpy exported(&document, &Document::exported);
        const std::string folder = m_folder.filePath("out").toStdString();
        document.exportModel({}, {folder, ExportFormat::Dense, DType::Float32, true});
        QVERIFY(exported.wait(patience));
        const auto record = exported.first().at(1).value<ExportRecord>();
        QVERIFY(record.parity && record.parity->passed() && record.parity->examples > 0);
        QVERIFY(std::filesystem::exists(folder + "/pare.json"));
        // Of a run: the same file as its export from the command line.
        QSignalSpy finished(&document, &Document::runFinished);
        document.measure();
        QVERIFY(finished.wait(patience));
        const std::string again = m_folder.filePath("again").toStdString();
        document.exportModel(document.runs().back().id,
                             {again, ExportFormat::Packed, DType::Float32, false});
        QVERIFY(exported.wait(patience));
        QCOMPARE(exported.last().at(1).value<ExportRecord>().weightHash,
                 document.runs().back().weightHash);
        // The project remembers both, the first one now of this run too: it has the same weights.
        QCOMPARE(document.exports().size(), std::size_t(2));
        for (const KeptExport &kept : document.exports())
            QVERIFY(holds(kept, document.runs().back()));
        QCOMPARE(document.exports().front().file, folder + "/model.safetensors");
        Document reader; // of the same project, beside this one
        reader.openProject(document.projectPath());
        QVERIFY(reader.exports() == document.exports());
        // What cannot be written is told.
        QSignalSpy failed(&document, &Document::failed);
        document.exportModel({},
                             {m_tiny.folder.string(), ExportFormat::Packed, DType::Float32, false});
        QVERIFY(failed.wait(patience));
    }

    void studentsAreTaughtAndMeasured()
    {
        Document document;
        open(document);
        document.addStep(parsedStep("prune.layers count=1 mode=last"));
        QVERIFY(test::chooseData(document, DataUse::Calibration, textOf(m_tiny.data)));
        QSignalSpy training(&document, &Document::trainingChanged);
        QSignalSpy finished(&document, &Document::runFinished);
        document.teach({{}, "kd temperature=2", {}, 1, m_folder.filePath("student").toStdString()});
        QVERIFY(finished.wait(patience));
        QVERIFY(training.count() > 0);
        QVERIFY(!document.training().points.empty());
        QVERIFY(document.runs().back().distillation.has_value());
        QVERIFY(std::filesystem::exists(m_folder.filePath("student/config.json").toStdString()));
        QSignalSpy failed(&document, &Document::failed);
        document.teach({{}, "nonsense", {}, 1, m_folder.filePath("never").toStdString()});
        QCOMPARE(failed.count(), 1);
    }

    void dataAreDescribed()
    {
        Document document;
        QList<DataDescription> told;
        connect(&document, &Document::dataDescribed, this,
                [&](const DataDescription &description) { told << description; });
        document.describeData({m_tiny.data.string(), DataContent::Examples});
        document.describeData({m_tiny.data.string(), DataContent::Text});
        document.describeData({m_folder.filePath("none.tsv").toStdString(), DataContent::Examples});
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 3, patience);
        QCOMPARE(told[0].rows, 96);
        QCOMPARE(told[0].groups, 3); // labels
        QCOMPARE(told[1].rows, 96);
        QCOMPARE(told[1].groups, 96); // each row is a document
        QVERIFY(!told[0].error && !told[1].error);
        QVERIFY(told[2].error);
    }

    void teachingGoesOnWhereItWasCancelled()
    {
        Document document;
        open(document);
        QVERIFY(test::chooseData(document, DataUse::Calibration, textOf(m_tiny.data)));
        TeachRequest request;
        request.method = "kd";
        request.epochs = 20;
        request.output = m_folder.filePath("student2").toStdString();
        request.development = m_tiny.data.string();
        QVERIFY(!document.isTeaching());
        document.teach(request);
        QVERIFY(document.isTeaching());
        QTRY_VERIFY_WITH_TIMEOUT(document.training().evaluations.size() >= 2, patience);
        document.cancel();
        QTRY_COMPARE_WITH_TIMEOUT(document.job().state, JobStatus::State::Cancelled, patience);
        QVERIFY(!document.isTeaching());
        const TrainingRecord before = document.training();
        document.teach(request);
        QTRY_COMPARE_WITH_TIMEOUT(document.job().state, JobStatus::State::Finished, patience);
        const TrainingRecord after = document.training();
        QVERIFY(after.evaluations.size() >= 20);
        QCOMPARE(after.evaluations.front(), before.evaluations.front()); // of the first sitting
    }

private:
    void open(Document &document)
    {
        const QString project = m_folder.filePath(QStringLiteral("p%1.pare").arg(m_projects++));
        QVERIFY(test::openTiny(document, m_tiny, project));
        document.setThreads(2); // not what the lane that looks has
        QTRY_VERIFY_WITH_TIMEOUT(!document.identity().data.empty(), patience);
    }

    QTemporaryDir m_folder;
    test::TinyModel m_tiny;
    int m_projects = 0;
};

QTEST_MAIN(TestDocumentWhatIf)
#include "tst_documentwhatif.moc"
