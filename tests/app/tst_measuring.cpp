// What the menu beside Measure offers, as a person uses it: a setting at several values, the selected
// layers, other data.
#include "tests/support/windowtest.h"

#include "app/window/sweepdialog.h"
#include "app/window/workspace.h"
#include "core/base/error.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/meter.h"
#include "widgets/panels/noticebar.h"
#include "widgets/panels/runspanel.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>

using namespace pare;
using test::patience;
using test::textOf;

namespace {

SweptSetting swept(const char *step, const char *name)
{
    const std::vector<SweptSetting> all =
        sweptSettings({{checked(parsedStep(step)), true}}, std::nullopt);
    const auto found = std::ranges::find_if(
        all, [&](const SweptSetting &setting) { return setting.info->name == name; });
    return found == all.end() ? SweptSetting() : *found;
}

} // namespace

class TestMeasuring : public test::WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void valuesAreProposed_data();
    void valuesAreProposed();
    void formsAreRead_data();
    void formsAreRead();
    void sweptSettingIsMeasured();
    void sweepIsACommand();
    void cancelledSweepKeepsItsRuns();
    void selectionIsAskedAlone();
    void otherDataStayApart();
    void fileOfOtherDataIsAskedFor();

private:
    /// The action as the menu beside Measure shows it; null while it cannot be used.
    QAction *offered(const char *name);
    QString shorterData() const;
    void openSweep(const QString &values);
};

void TestMeasuring::init()
{
    WindowTest::init();
    openTiny();
}

QAction *TestMeasuring::offered(const char *name)
{
    QMenu *menu = find<QToolButton>("measureMenu")->menu();
    Q_EMIT menu->aboutToShow();
    for (QAction *action : menu->actions()) {
        if (action->objectName() == QLatin1String(name))
            return action->isEnabled() ? action : nullptr;
    }
    return nullptr;
}

/// The same examples without the last.
QString TestMeasuring::shorterData() const
{
    QFile all(textOf(m_tiny.data));
    const QString path = m_folder.filePath("shorter.tsv");
    QFile some(path);
    if (!all.open(QIODevice::ReadOnly) || !some.open(QIODevice::WriteOnly))
        return {};
    const QByteArray text = all.readAll().trimmed();
    some.write(text.left(text.lastIndexOf('\n') + 1));
    return path;
}

void TestMeasuring::openSweep(const QString &values)
{
    offered("sweepSetting")->trigger();
    auto *line = find<QLineEdit>("sweepValues");
    QVERIFY(line);
    line->selectAll();
    QTest::keyClicks(line, values);
}

void TestMeasuring::valuesAreProposed_data()
{
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<QByteArray>("setting");
    QTest::addColumn<QString>("values");
    QTest::newRow("bits") << QByteArray("quantize.affine bits=4") << QByteArray("bits")
                          << "2, 3, 4, 6, 8";
    QTest::newRow("number") << QByteArray("quantize.affine bits=4 granularity=group group=64")
                            << QByteArray("group") << "16, 32, 64, 128, 256";
    QTest::newRow("choice") << QByteArray("quantize.affine bits=4") << QByteArray("granularity")
                            << "tensor, channel, group";
    QTest::newRow("share") << QByteArray("prune.magnitude") << QByteArray("sparsity")
                           << "10, 25, 50, 75, 90";
}

void TestMeasuring::valuesAreProposed()
{
    QFETCH(QByteArray, step);
    QFETCH(QByteArray, setting);
    const SweptSetting found = swept(step.constData(), setting.constData());
    QVERIFY(found.info);
    QTEST(proposedValues(found), "values");
    QCOMPARE(formsOf(found, proposedValues(found)).size(),
             static_cast<std::size_t>(proposedValues(found).count(',') + 1));
}

void TestMeasuring::formsAreRead_data()
{
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<QByteArray>("setting");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("values"); // empty: refused
    const QByteArray bits("quantize.affine"), prune("prune.magnitude");
    QTest::newRow("commas") << bits << QByteArray("bits") << "2, 3,8" << QStringList{"2", "3", "8"};
    QTest::newRow("range") << bits << QByteArray("bits") << "2..8:2"
                           << QStringList{"2", "4", "6", "8"};
    QTest::newRow("twice") << bits << QByteArray("bits") << "4 4" << QStringList{"4"};
    QTest::newRow("per cent") << prune << QByteArray("sparsity") << "12.5 %, 50"
                              << QStringList{"0.125", "0.5"};
    QTest::newRow("range of shares")
        << prune << QByteArray("sparsity") << "10..30:10" << QStringList{"0.1", "0.2", "0.3"};
    QTest::newRow("too large") << bits << QByteArray("bits") << "4, 99" << QStringList{};
    QTest::newRow("no number") << bits << QByteArray("bits") << "four" << QStringList{};
}

void TestMeasuring::formsAreRead()
{
    QFETCH(QByteArray, step);
    QFETCH(QByteArray, setting);
    QFETCH(QString, typed);
    QFETCH(QStringList, values);
    const SweptSetting found = swept(step.constData(), setting.constData());
    if (values.isEmpty()) {
        QVERIFY_EXCEPTION_THROWN(formsOf(found, typed), Error);
        return;
    }
    QStringList read;
    for (const Step &form : formsOf(found, typed))
        read << QString::fromStdString(form.settings.at(setting.toStdString()));
    QCOMPARE(read, values);
}

void TestMeasuring::sweptSettingIsMeasured()
{
    QVERIFY(!offered("sweepSetting")); // there is nothing to vary
    document().addStep(parsedStep("quantize.affine bits=4"));
    openSweep("3, 5");
    QVERIFY(find<QComboBox>("sweepSetting")->currentText().startsWith("Bits"));
    QVERIFY(find<QLabel>("sweepOutlook")->text().startsWith("2 runs to measure."));
    const Choices before = document().choices();
    find<QPushButton>("sweepMeasure")->click();
    QTRY_COMPARE_WITH_TIMEOUT(document().runs().size(), 2u, patience);
    QCOMPARE(document().choices(), before);
    QCOMPARE(document().runs()[0].recipe.steps.front().integer("bits"), 3);
    QCOMPARE(document().runs()[1].recipe.steps.front().integer("bits"), 5);
    // Both are points and rows, beside the original.
    QCOMPARE(m_window->workspace()->chartPanel()->chart()->data().points.size(), 3u);
    QCOMPARE(m_window->workspace()->runsPanel()->table()->model()->rowCount(), 2);
    QTRY_VERIFY(!find<SweepDialog>("sweepDialog"));
    openSweep("3, 5");
    QVERIFY(!find<QPushButton>("sweepMeasure")->isEnabled());
    QCOMPARE(find<QLabel>("sweepOutlook")->text(), "All of them are measured already.");
    find<QLineEdit>("sweepValues")->setText("3, 5, 6");
    const QString outlook = find<QLabel>("sweepOutlook")->text();
    QVERIFY2(outlook.contains(" to measure. 2 are measured already. About "), qPrintable(outlook));
    find<QLineEdit>("sweepValues")->setText("3, 99");
    QVERIFY(!find<QPushButton>("sweepMeasure")->isEnabled());
    QVERIFY(find<QLabel>("sweepOutlook")->text().contains("99"));
}

void TestMeasuring::sweepIsACommand()
{
    document().setSteps({{parsedStep("quantize.affine bits=4"), true},
                         {parsedStep("prune.magnitude sparsity=0.5"), true}});
    openSweep("3, 5");
    find<QPushButton>("sweepCopy")->click();
    const QString command = QApplication::clipboard()->text();
    QVERIFY2(command.startsWith("pare sweep '"), qPrintable(command));
    QVERIFY2(command.contains("--step 'prune.magnitude"), qPrintable(command));
    QVERIFY2(command.contains("--technique 'quantize.affine bits=3|5 "), qPrintable(command));
    QVERIFY(command.contains("--threads 1"));
    find<SweepDialog>("sweepDialog")->close();
    QTRY_VERIFY(!find<SweepDialog>("sweepDialog"));
    // The second step sets what the first does: moved behind it, the first would count instead.
    document().setSteps({{parsedStep("quantize.affine bits=4"), true},
                         {parsedStep("quantize.affine bits=2 @ encoder.0.*"), true}});
    openSweep("3, 5");
    find<QPushButton>("sweepCopy")->click();
    const QStringList lines = QApplication::clipboard()->text().split('\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines[1].startsWith("pare run '"));
    QVERIFY(lines[1].contains("bits=5"));
}

/// Whenever it is cancelled: what ended before is kept, and of the rest there is nothing.
void TestMeasuring::cancelledSweepKeepsItsRuns()
{
    document().addStep(parsedStep("prune.magnitude sparsity=0.5"));
    openSweep("1..80:1"); // far more than are measured before the window hears of the first
    const auto cancel = [this] {
        if (!document().runs().empty() && document().job().state == JobStatus::State::Running)
            find<QPushButton>("cancel")->click();
    };
    connect(&document(), &Document::jobChanged, m_window.get(), cancel);
    connect(&document(), &Document::runsChanged, m_window.get(), cancel);
    find<QPushButton>("sweepMeasure")->click();
    QCOMPARE(document().job().waiting, 79u);
    const auto ended = [this](JobEntry::State state) {
        return static_cast<std::size_t>(
            std::ranges::count(document().jobEntries(), state, &JobEntry::state));
    };
    QTRY_COMPARE_WITH_TIMEOUT(ended(JobEntry::State::Finished) + ended(JobEntry::State::Cancelled),
                              80u, patience);
    QVERIFY(!document().runs().empty());
    QCOMPARE(document().runs().size(), ended(JobEntry::State::Finished));
}

void TestMeasuring::selectionIsAskedAlone()
{
    LayerMapPanel *map = m_window->workspace()->mapPanel();
    map->map()->setSelection({});
    QVERIFY(!offered("sensitivityOfSelection"));
    map->map()->setSelection({"encoder.0.ffn.up", "encoder.0.attention.query"});
    offered("sensitivityOfSelection")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(document().job().state, JobStatus::State::Finished, patience);
    QVERIFY(document().sensitivities().size() >= 2 * 7);
    for (const LayerSensitivity &one : document().sensitivities())
        QVERIFY(one.layer == "encoder.0.ffn.up" || one.layer == "encoder.0.attention.query");
    QCOMPARE(map->measure(), static_cast<int>(MapMeasure::LostAlone));
}

void TestMeasuring::otherDataStayApart()
{
    QVERIFY(test::measureStep(document(), "quantize.affine bits=4"));
    const std::string chosen = document().choices().dataPath;
    const QString other = shorterData();
    QVERIFY(!other.isEmpty());
    QSignalSpy measured(&document(), &Document::measuredElsewhere);
    document().measureOn(other);
    QVERIFY(document().job().title.text().find("shorter.tsv") != std::string::npos);
    QVERIFY(measured.wait(patience));
    const Run *run = document().findRun(measured.first().first().toString().toStdString());
    QVERIFY(run);
    QCOMPARE(QString::fromStdString(run->dataPath), other);
    QCOMPARE(document().choices().dataPath, chosen);
    // It is shown with its own data, and neither in the table nor on the chart.
    Workspace *workspace = m_window->workspace();
    QCOMPARE(workspace->shownRun(), QString::fromStdString(run->id));
    QVERIFY(workspace->meter()->data().metric.title.contains("shorter.tsv"));
    QCOMPARE(workspace->runsPanel()->table()->model()->rowCount(), 1);
    QCOMPARE(workspace->chartPanel()->chart()->data().points.size(), 2u); // with the original
    auto *notice = m_window->findChild<NoticeBar *>();
    QVERIFY(notice->notice().text.contains("shorter.tsv"));
    // The way there.
    Q_EMIT notice->actionRequested();
    QTRY_COMPARE_WITH_TIMEOUT(QString::fromStdString(document().choices().dataPath), other,
                              patience);
    QTRY_COMPARE_WITH_TIMEOUT(workspace->meter()->data().metric.kind, "measured", patience);
    QVERIFY(notice->notice().text.isEmpty());
    QCOMPARE(workspace->runsPanel()->table()->model()->rowCount(), 1);
    QCOMPARE(document().currentRun(), run);
}

void TestMeasuring::fileOfOtherDataIsAskedFor()
{
    QVERIFY(offered("measureOn"));
    offered("measureOn")->trigger();
    auto *dialog = m_window->findChild<QFileDialog *>();
    QVERIFY(dialog);
    QSignalSpy measured(&document(), &Document::measuredElsewhere);
    Q_EMIT dialog->fileSelected(shorterData());
    QVERIFY(measured.wait(patience));
    dialog->close();
}

QTEST_MAIN(TestMeasuring)
#include "tst_measuring.moc"
