// The files a report becomes: HTML that is well formed and needs nothing else, tables that other
// programs read, a PDF of drawings.
#include "app/report/csvwriter.h"
#include "app/report/embedded.h"
#include "app/report/htmlwriter.h"
#include "app/report/markdownwriter.h"
#include "app/report/pdfwriter.h"
#include "app/report/report.h"
#include "core/base/files.h"
#include "core/base/numbers.h"
#include "tests/app/report/reportfixtures.h"

#include <QHash>
#include <QLocale>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace pare;

namespace {

/// The first thing that is wrong with the nesting of tags; empty: nothing.
QString nestingFault(const QString &html)
{
    static const QSet<QString> alone{"meta", "img", "br", "!DOCTYPE", "link"};
    static const QRegularExpression tag(
        QStringLiteral("<(/?)([!A-Za-z][A-Za-z0-9]*)((?:[^<>\"]|\"[^\"]*\")*?)(/?)>"));
    QString rest = html;
    // What is in them is no markup.
    static const QRegularExpression raw(QStringLiteral("(<(script|style)[^>]*>)(.*?)(</\\2>)"),
                                        QRegularExpression::DotMatchesEverythingOption);
    rest.replace(raw, QStringLiteral("\\1\\4"));
    QStringList open;
    auto tags = tag.globalMatch(rest);
    while (tags.hasNext()) {
        const auto found = tags.next();
        const QString name = found.captured(2);
        if (alone.contains(name) || !found.captured(4).isEmpty())
            continue;
        if (found.captured(1).isEmpty()) {
            open << name;
        } else if (open.isEmpty() || open.takeLast() != name) {
            return "</" + name + "> at " + QString::number(found.capturedStart());
        }
    }
    rest.remove(tag);
    if (rest.contains('<') || rest.contains('>'))
        return "a bare bracket: " + rest.mid(rest.indexOf(QRegularExpression("[<>]")) - 40, 80);
    return open.isEmpty() ? QString() : "open: " + open.join(' ');
}

/// The fields of a CSV file as RFC 4180 has them.
QList<QStringList> readCsv(const QByteArray &bytes)
{
    QList<QStringList> rows{{}};
    QByteArray field;
    bool quoted = false;
    const auto endField = [&] {
        rows.last() << QString::fromUtf8(field);
        field.clear();
    };
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (quoted && c == '"' && i + 1 < bytes.size() && bytes[i + 1] == '"') {
            field += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == ',') {
            endField();
        } else if (!quoted && bytes.mid(i, 2) == "\r\n") {
            endField();
            ++i;
            if (i + 1 < bytes.size())
                rows << QStringList();
        } else {
            field += c;
        }
    }
    return rows;
}

ReportContent hostileContent()
{
    const QString bad = "<script>alert(\"&'|`*_[x](y)\\</script>\n# | a";
    ReportContent content;
    content.language = "en";
    content.title = bad;
    content.under = bad;
    ReportSection section{bad, 2, {}};
    section.blocks.push_back(ReportParagraph{bad});
    section.blocks.push_back(ReportFigures{{{bad, bad, bad}}});
    section.blocks.push_back(
        ReportTable{bad,
                    {{bad, ColumnKind::Words}, {bad}, {bad, ColumnKind::Code}},
                    {{{{bad, {bad, bad}, bad}, {bad}, {{}, {bad}}}, RowKind::Chosen}}});
    section.blocks.push_back(ReportCode{bad});
    section.blocks.push_back(ReportReferences{{{bad, bad, bad + " arXiv 1712.05877", {bad}}}});
    TradeoffData chart;
    section.blocks.push_back(ReportPicture{chart, bad});
    content.sections.push_back(section);
    return content;
}

/// All that a program prints.
QString saidBy(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(60000))
        return program + ": " + process.errorString();
    return QString::fromUtf8(process.readAll());
}

} // namespace

class TestReportFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        std::vector<test::FigureRun> figures = test::figureRuns();
        figures.push_back(
            {"o1", "quantize.affine bits=4", 3'000'000, 350, "/nowhere/models/other"});
        test::makeProject(path("p.pare"), figures);
        m_facts = test::factsOf(path("p.pare"));
        m_html = QString::fromUtf8(reportFile(m_facts, ReportFormat::Html));
    }

    void htmlIsWellFormed()
    {
        QVERIFY(m_html.startsWith("<!DOCTYPE html>\n<html lang=\"en\">"));
        QCOMPARE(nestingFault(m_html), QString());
        static const QRegularExpression id(QStringLiteral(" id=\"([^\"]*)\""));
        QSet<QString> ids;
        auto found = id.globalMatch(m_html);
        while (found.hasNext()) {
            const QString name = found.next().captured(1);
            QVERIFY2(!ids.contains(name), qPrintable(name));
            ids << name;
        }
        static const QRegularExpression target(QStringLiteral("(?:href=\"|url\\()#([^\")]*)"));
        auto targets = target.globalMatch(m_html);
        int count = 0;
        for (; targets.hasNext(); ++count)
            QVERIFY(ids.contains(targets.next().captured(1)));
        QVERIFY(count > 5); // the contents at least
    }

    /// Neither a script nor a request to anywhere.
    void htmlStandsAlone()
    {
        static const QRegularExpression script(QStringLiteral("<script[^>]*>"));
        auto scripts = script.globalMatch(m_html);
        int count = 0;
        for (; scripts.hasNext(); ++count)
            QCOMPARE(scripts.next().captured(0),
                     QString("<script type=\"application/json\" id=\"pare\">"));
        QCOMPARE(count, 1);
        for (const char *word : {" src=\"http", "<link", "@import", "url(http", "<iframe",
                                 "onload=", "onclick=", "javascript:", "<object", "<embed"})
            QVERIFY2(!m_html.contains(QLatin1String(word), Qt::CaseInsensitive), word);
        static const QRegularExpression link(QStringLiteral("href=\"(http[^\"]*)\""));
        auto links = link.globalMatch(m_html);
        while (links.hasNext())
            QVERIFY(links.next().captured(1).startsWith("https://arxiv.org/abs/"));
        QVERIFY(m_html.toUtf8().size() < longestHtml);
    }

    void htmlIsForLightDarkAndPaper()
    {
        QVERIFY(m_html.contains("prefers-color-scheme: dark"));
        QVERIFY(m_html.contains("@media print"));
        QCOMPARE(m_html.count("<svg class=\"light twin\""), m_html.count("<svg class=\"dark\""));
        QVERIFY(m_html.count("<svg class=\"dark\"") >= 2); // the curves of two models
        QVERIFY(!m_html.contains("Qt SVG Document"));
    }

    void hostileTextStaysText()
    {
        const QString html = QString::fromUtf8(htmlOf(hostileContent(), "{\"a\": \"</script>\"}"));
        QCOMPARE(nestingFault(html), QString());
        QCOMPARE(html.count("<script"), 1);
        QVERIFY(html.contains("https://arxiv.org/abs/1712.05877"));
        QVERIFY(!pdfOf(hostileContent(), "{}").isEmpty());
        const QString markdown = QString::fromUtf8(markdownOf(hostileContent()));
        QVERIFY(!markdown.contains(QRegularExpression("(^|[^\\\\`])<script>alert[^`]*$")));
    }

    /// Where the pictures and the data take too much, something else stands for the pictures.
    void htmlStaysLight()
    {
        ReportContent content = reportContent(m_facts);
        const std::string small = "{}";
        const QByteArray full = htmlOf(content, small);
        const qsizetype room = longestHtml - full.size() + 1000;
        const QByteArray light = htmlOf(content, std::string(room, ' '));
        QVERIFY(light.size() < longestHtml);
        QCOMPARE(light.count("<svg class=\"dark\""), 0);
        QVERIFY(light.count("<svg class=\"light\"") > 0);
        const qsizetype less = longestHtml - (light.size() - room) + 1000;
        const QByteArray none = htmlOf(content, std::string(less, ' '));
        QVERIFY(none.size() < longestHtml);
        QCOMPARE(none.count("<svg"), 0);
        QVERIFY(none.contains("Each mark is one run"));
    }

    void markdownTablesAreEven()
    {
        const QString text = QString::fromUtf8(reportFile(m_facts, ReportFormat::Markdown));
        QVERIFY(text.startsWith("# What the model tiny can lose\n\n"));
        static const QRegularExpression bar(QStringLiteral("(?<!\\\\)\\|"));
        qsizetype columns = 0;
        int tables = 0;
        for (const QString &line : text.split('\n')) {
            if (!line.startsWith('|')) {
                columns = 0;
                continue;
            }
            if (columns == 0) {
                columns = line.count(bar);
                ++tables;
            }
            QVERIFY2(line.count(bar) == columns, qPrintable(line));
        }
        QVERIFY(tables >= 6);
        QCOMPARE(text.count("```") % 2, 0);
        QVERIFY(text.contains("cold\\|dry"));
        QVERIFY(text.contains("\\<b\\>hot\\</b\\>"));
    }

    void csvHasEveryNumber()
    {
        const std::vector<Run> runs = m_facts.runs();
        const QList<QStringList> rows = readCsv(csvOf(m_facts));
        QCOMPARE(rows.size(), static_cast<qsizetype>(runs.size()) + 1);
        const QStringList &head = rows.front();
        QCOMPARE(QSet<QString>(head.begin(), head.end()).size(), head.size());
        for (const QStringList &row : rows)
            QCOMPARE(row.size(), head.size());
        const auto value = [&](std::size_t run, const char *column) {
            return rows[static_cast<qsizetype>(run) + 1].value(head.indexOf(column));
        };
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const Run &run = runs[i];
            const auto same = [&](const char *column, double expected) {
                const auto found = parseReal(value(i, column).toStdString());
                QVERIFY2(found && *found == expected, column);
            };
            QCOMPARE(value(i, "id"), QString::fromStdString(run.id));
            QCOMPARE(value(i, "recipe"), QString::fromStdString(run.recipe.text()));
            QCOMPARE(value(i, "data.path"), QString::fromStdString(run.dataPath));
            same("bytes", static_cast<double>(run.measured.bytes));
            same("metrics.accuracy.low", run.measured.metrics.at("accuracy").low);
            same("latencyMs.median", run.measured.latencyMs.median);
            same("baseline.metrics.accuracy.value", run.baseline.metrics.at("accuracy").value);
            same("loyalty.probability.value", run.probabilityLoyalty.value);
            same("bytesByPart.values", static_cast<double>(run.measured.bytesByPart.at("values")));
            same("layers.encoder.0.attention.query.weightError", run.layers[1].weightError);
            same("layers.embedding.token.bytes", static_cast<double>(run.layers[0].bytes));
        }
        QVERIFY(head.indexOf("bytes") < head.indexOf("layers.embedding.token.bytes"));
        int judged = 0;
        std::size_t row = 0;
        for (const ReportGroup &group : m_facts.groups) {
            for (std::size_t i = 0; i < group.runs.size(); ++i, ++row) {
                QCOMPARE(value(row, "chosen"), QString(i == group.chosen ? "true" : "false"));
                QCOMPARE(value(row, "onFront"), QString(group.onFront[i] ? "true" : "false"));
                const auto &answers = group.runs[i].answers;
                if (!answers || !answers->comparison)
                    continue;
                QCOMPARE(*parseReal(value(row, "difference.low").toStdString()),
                         answers->comparison->difference.low);
                QVERIFY(QStringList({"better", "worse", "same", "open"})
                            .contains(value(row, "verdict")));
                ++judged;
            }
        }
        QVERIFY(judged >= 3);
    }

    /// As HTML Tidy, which reads HTML 5, judges it: no error and no warning.
    void htmlIsValid()
    {
        for (const char *language : {"en", "ko"}) {
            ReportOptions options;
            options.locale = QLocale(QString::fromLatin1(language));
            writeFile(path("r.html"),
                      reportFile(m_facts, ReportFormat::Html, options).toStdString());
            QCOMPARE(saidBy("tidy",
                            {"-q", "-e", "-utf8", QString::fromStdString(path("r.html").string())}),
                     QString());
        }
    }

    /// Poppler reads every command of every page, and the text in pictures is text.
    void pdfIsRead()
    {
        const QString file = QString::fromStdString(path("r.pdf").string());
        writeFile(path("r.pdf"), reportFile(m_facts, ReportFormat::Pdf).toStdString());
        QCOMPARE(saidBy("pdftoppm", {"-r", "20", "-png", file, file}), QString());
        const QString text = saidBy("pdftotext", {file, "-"});
        QVERIFY2(text.contains("MB (log)"), qPrintable(text)); // "file" may have a ligature
    }

    /// Every number of the documents of all runs stands in its row.
    void csvLeavesNothingOut()
    {
        const std::vector<Run> runs = m_facts.runs();
        const QList<QStringList> rows = readCsv(csvOf(m_facts));
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const QStringList &row = rows[static_cast<qsizetype>(i) + 1];
            nlohmann::ordered_json json = toJson(runs[i]);
            json.erase("recipe"); // stands there as text
            for (auto &layer : json["layers"])
                layer.erase("settings");
            const nlohmann::ordered_json flat = json.flatten();
            for (const auto &[place, leaf] : flat.items()) {
                if (leaf.is_number())
                    QVERIFY2(row.contains(QString::fromStdString(leaf.dump())), place.c_str());
            }
        }
    }

    void csvIsTheSameInEveryLanguage()
    {
        const QByteArray english = csvOf(m_facts);
        ReportOptions german;
        german.locale = QLocale(QLocale::German, QLocale::Germany);
        QLocale::setDefault(german.locale);
        const QByteArray other = reportFile(m_facts, ReportFormat::Csv, german);
        QLocale::setDefault(QLocale::c());
        QCOMPARE(other, english);
        QVERIFY(QString::fromUtf8(reportFile(m_facts, ReportFormat::Markdown, german))
                    .contains("90,00 %"));
    }

    void csvQuotesWhatMustBeQuoted()
    {
        Run run = test::run({"a,b", "", 1, 1});
        run.dataPath = "a \"b\",\r\nc";
        ReportFacts facts{"p", {ReportGroup{}}};
        facts.groups[0].runs.push_back({run, {"of \"mine\"", {"x", "y"}}, {}});
        facts.groups[0].onFront = {true};
        const QList<QStringList> rows = readCsv(csvOf(facts));
        QCOMPARE(rows[1][rows[0].indexOf("note")], QString("of \"mine\""));
        QCOMPARE(rows[1][rows[0].indexOf("tags")], QString("x; y"));
        QCOMPARE(rows[1][rows[0].indexOf("verdict")], QString());
        QCOMPARE(rows[1][rows[0].indexOf("data.path")], QString("a \"b\",\r\nc"));
        QCOMPARE(rows[1][rows[0].indexOf("id")], QString("a,b"));
    }

    /// Pages of text and drawings, no pictures of pixels; the runs attached.
    void pdfIsDrawn()
    {
        const QByteArray pdf = reportFile(m_facts, ReportFormat::Pdf);
        QVERIFY(pdf.startsWith("%PDF-1."));
        QVERIFY(pdf.contains("/EmbeddedFile") || pdf.contains("/Filespec"));
        QVERIFY(pdf.contains("pare.json"));
        QVERIFY(!pdf.contains("/Subtype /Image"));
        static const QRegularExpression page(QStringLiteral("/Type /Page\\b(?!s)"));
        const auto pages = QString::fromLatin1(pdf).count(page);
        QVERIFY2(pages >= 3 && pages < 20, qPrintable(QString::number(pages)));
        static const QRegularExpression box(
            QStringLiteral("/MediaBox \\[0 0 ([0-9.]+) ([0-9.]+)\\]"));
        const auto found = box.match(QString::fromLatin1(pdf));
        QVERIFY(qAbs(found.captured(1).toDouble() - 595) < 1.5); // A4
        QVERIFY(qAbs(found.captured(2).toDouble() - 842) < 1.5);
    }

private:
    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }

    QTemporaryDir m_folder;
    ReportFacts m_facts;
    QString m_html;
};

QTEST_MAIN(TestReportFiles)
#include "tst_reportfiles.moc"
