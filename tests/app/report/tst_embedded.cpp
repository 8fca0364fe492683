// The runs that HTML and PDF reports carry with them come back as they were.
#include "app/report/embedded.h"
#include "app/report/pictures.h"
#include "app/report/report.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "tests/app/report/reportfixtures.h"

#include <QTemporaryDir>
#include <QTest>

using namespace pare;

namespace {

std::string text(const QByteArray &bytes)
{
    return bytes.toStdString();
}

/// The kind of Error and what it says; "read" where there is none.
QString outcome(const std::string &file)
{
    try {
        embeddedReport(file, "r.html");
        return QStringLiteral("read");
    } catch (const Error &error) {
        return QString::number(static_cast<int>(error.kind())) + ' ' + error.what();
    }
}

std::string page(const std::string &json)
{
    return "<!DOCTYPE html><body>" + scriptElement(json) + "</body>";
}

} // namespace

class TestEmbedded : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::makeProject(path("p.pare"));
        m_facts = test::factsOf(path("p.pare"));
    }

    void runsComeBack_data()
    {
        QTest::addColumn<int>("format");
        QTest::newRow("HTML") << static_cast<int>(ReportFormat::Html);
        QTest::newRow("PDF") << static_cast<int>(ReportFormat::Pdf);
    }

    void runsComeBack()
    {
        QFETCH(int, format);
        const RunNote note{
            "for \"the\" paper, ü</script>", {"final", "small"}, false, true, "#0072b2"};
        Project::open(path("p.pare"), Access::ReadWrite)
            .setRunNotes({{"r4", note}, {"r8", RunNote{{}, {"baseline"}}}});
        const ReportFacts facts = test::factsOf(path("p.pare"));
        const QByteArray bytes = reportFile(facts, static_cast<ReportFormat>(format));
        writeFile(path("report"), text(bytes));
        const EmbeddedReport report = readEmbeddedReport(path("report"));
        QCOMPARE(report.project, std::string("p.pare"));
        QCOMPARE(report.chosen, std::vector<std::string>{"r4"});
        QCOMPARE(report.withoutLayers, std::int64_t(0));
        QCOMPARE(report.withoutRuns, std::int64_t(0));
        QVERIFY(report.notes == (RunNotes{{"r4", note}, {"r8", RunNote{{}, {"baseline"}}}}));
        const std::vector<Run> runs = m_facts.runs();
        QCOMPARE(report.runs.size(), runs.size());
        for (std::size_t i = 0; i < runs.size(); ++i) {
            QCOMPARE(report.runs[i].recipe, runs[i].recipe);
            QVERIFY(report.runs[i] == runs[i]); // to the last digit and layer
        }
        const TradeoffData before = tradeoffData(runs);
        const TradeoffData after = tradeoffData(report.runs);
        QCOMPARE(after.points.size(), before.points.size());
        for (std::size_t i = 0; i < before.points.size(); ++i) {
            QCOMPARE(after.points[i].title, before.points[i].title);
            QVERIFY(after.points[i].x == before.points[i].x);
            QVERIFY(after.points[i].y == before.points[i].y);
            QVERIFY(after.points[i].low == before.points[i].low);
            QVERIFY(after.points[i].high == before.points[i].high);
        }
    }

    /// A browser that saves a page writes attributes in its own way.
    void otherAttributesAreRead()
    {
        std::string file = text(reportFile(m_facts, ReportFormat::Html));
        const std::string from = R"(<script type="application/json" id="pare">)";
        const std::size_t at = file.find(from);
        QVERIFY(at != std::string::npos);
        QCOMPARE(file.find(from, at + 1), std::string::npos);
        file.replace(at, from.size(), R"(<script id="pare" data-x="" type="application/json">)");
        QCOMPARE(outcome(file), QString("read"));
    }

    void nothingEndsTheElementEarly()
    {
        const std::string element = scriptElement(embeddedJson(m_facts));
        QCOMPARE(element.find("</script"), element.size() - 9);
        QCOMPARE(element.find('<', 1), element.size() - 9);
    }

    void longProjectsLoseTheLeastImportantFirst()
    {
        const std::size_t whole = embeddedJson(m_facts).size();
        const std::string shorter = embeddedJson(m_facts, whole - 200);
        QVERIFY(shorter.size() < whole);
        const EmbeddedReport report = embeddedReport(page(shorter), "r");
        QCOMPARE(report.withoutLayers, std::int64_t(1));
        QCOMPARE(report.withoutRuns, std::int64_t(0));
        QVERIFY(report.runs[4].layers.empty()); // p5: the last one that is not on the front
        QCOMPARE(report.runs[2].layers.size(), std::size_t(2));
        const EmbeddedReport least = embeddedReport(page(embeddedJson(m_facts, 2000)), "r");
        QCOMPARE(least.withoutRuns, std::int64_t(4));
        QCOMPARE(least.runs.size(), std::size_t(1));
        QCOMPARE(least.runs[0].id, std::string("r4")); // the chosen one
        QCOMPARE(least.runs[0].recipe, m_facts.groups[0].chosenRun().run.recipe);
    }

    void brokenFilesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("says");
        const QString none = "holds no runs";
        const QString broken = "cannot be read";
        const QByteArray html = reportFile(m_facts, ReportFormat::Html);
        const QByteArray pdf = reportFile(m_facts, ReportFormat::Pdf);
        const auto row = [](const char *name, const QByteArray &file, const QString &says) {
            QTest::newRow(name) << file << says;
        };
        const auto json = [](const std::string &document) {
            return QByteArray::fromStdString(page(document));
        };
        row("empty", "", none);
        row("text", "nothing", none);
        row("other page", "<html><script>var pare = 1;</script></html>", none);
        row("script open", "<script type=\"application/json\" id=\"pare\">{\"pare\": \"report\"",
            none);
        row("tag open", "<script id=\"pare\"", none);
        row("cut page", html.left(html.size() / 2), none);
        row("no JSON", json("{"), broken);
        row("deep", json(std::string(200, '[') + std::string(200, ']')), broken);
        row("other JSON", json("{\"a\": 1}"), none);
        row("list", json("[1, 2]"), none);
        row("no schema", json(R"({"pare": "report", "runs": []})"), none);
        row("newer", json(R"({"pare": "report", "schema": 2})"), "format 2");
        row("schema is text", json(R"({"pare": "report", "schema": "1"})"), none);
        row("no runs", json(R"({"pare": "report", "schema": 1, "project": "p", "chosen": []})"),
            broken);
        row("run is a number",
            json(R"({"pare": "report", "schema": 1, "project": "p", "chosen": [], "runs": [1]})"),
            broken);
        row("run is empty",
            json(R"({"pare": "report", "schema": 1, "project": "p", "chosen": [], "runs": [{}]})"),
            broken);
        row("PDF head", "%PDF-1.4\n", none);
        row("cut PDF", pdf.left(200), none);
        row("PDF without", "%PDF-1.4\n1 0 obj\n<<>>\nstream\nBT ET\nendstream\n%%EOF", none);
        row("stream open", "%PDF-1.4\nstream", none);
        row("plain stream", "%PDF-1.4\nstream\n{\"a\": 1}\nendstream", none);
    }

    void brokenFilesAreRefused()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, says);
        const QString found = outcome(file.toStdString());
        QVERIFY2(found != "read" && found.contains(says), qPrintable(found));
        QVERIFY2(found.contains("r.html"), qPrintable(found));
    }

    /// Wherever a byte was changed, the file is read or refused, and nothing else happens.
    void changedBytesAreReadOrRefused()
    {
        std::string json = embeddedJson(m_facts);
        int refused = 0;
        for (std::size_t i = 0; i < json.size(); i += 37) {
            std::string changed = json;
            changed[i] = changed[i] == '}' ? '{' : '}';
            refused += outcome(page(changed)) != "read";
        }
        QVERIFY(refused > 0);
        const std::string pdf = text(reportFile(m_facts, ReportFormat::Pdf));
        for (std::size_t i = 0; i < pdf.size(); i += pdf.size() / 60) {
            std::string changed = pdf;
            changed[i] = static_cast<char>(changed[i] ^ 0x55);
            outcome(changed);
        }
    }

    void missingFilesAreErrors()
    {
        QVERIFY_EXCEPTION_THROWN(readEmbeddedReport(path("nowhere.html")), Error);
        QVERIFY_EXCEPTION_THROWN(readEmbeddedReport(m_folder.path().toStdString()), Error);
    }

private:
    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }

    QTemporaryDir m_folder;
    ReportFacts m_facts;
};

QTEST_MAIN(TestEmbedded)
#include "tst_embedded.moc"
