// What the program, docs/techniques.md and the man page say of techniques, against the one table.
#include "core/base/files.h"
#include "core/model/technique.h"

#include "tests/app/cli/program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace pare;

namespace {

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString fileFromRoot(const char *name)
{
    return QString::fromStdString(readFile(std::string(PARE_RESOURCES) + "/../" + name));
}

QSet<QString> found(const QString &text, const char *pattern)
{
    QSet<QString> words;
    QRegularExpressionMatchIterator matches = QRegularExpression(pattern).globalMatch(text);
    while (matches.hasNext())
        words << matches.next().captured(1);
    return words;
}

QSet<QString> idsIn(const QString &text)
{
    return found(text, "\\b((?:share|factorize|prune|quantize)\\.[a-z][a-z0-9-]*)");
}

/// `name=…` in code.
QSet<QString> settingsIn(const QString &text)
{
    return found(text, "`([a-z-]+)=");
}

/// The page as it is read: without fonts and escapes.
QString manPage()
{
    QString text = fileFromRoot("packaging/pare.1");
    text.remove("\\&").replace("\\-", "-").replace("\\(aq", "'");
    return text.remove(QRegularExpression("\\\\f[A-Z]"));
}

struct DocumentedTable
{
    QStringList rows; ///< those that tell of techniques
    QString below;    ///< the paragraphs between the table and the next heading
};

DocumentedTable documentedTable()
{
    const QString text = fileFromRoot("docs/techniques.md");
    const qsizetype begin = text.indexOf("| technique |");
    const qsizetype end = text.indexOf("\n## ", begin);
    DocumentedTable table;
    for (const QString &line : text.mid(begin, end - begin).split('\n')) {
        if (line.startsWith('|') && !idsIn(line).isEmpty())
            table.rows << line;
        else if (!line.startsWith('|'))
            table.below += line + '\n';
    }
    return table;
}

QJsonObject jsonOf(const test::Finished &finished)
{
    return QJsonDocument::fromJson(finished.output).object();
}

} // namespace

class TestTechniques : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void documentsNameNothingElse_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("README") << fileFromRoot("README.md");
        QTest::newRow("techniques") << fileFromRoot("docs/techniques.md");
        QTest::newRow("figures") << fileFromRoot("docs/figures.md");
        QTest::newRow("man page") << manPage();
    }
    void documentsNameNothingElse()
    {
        QFETCH(QString, text);
        const QSet<QString> ids = idsIn(text);
        QVERIFY(ids.size() > 5);
        for (const QString &id : ids)
            QVERIFY2(findTechnique(id.toStdString()), qPrintable("no technique " + id));
    }

    void everyTechniqueIsDocumented_data()
    {
        QTest::addColumn<QString>("id");
        for (const TechniqueInfo &info : techniqueTable())
            QTest::newRow(std::string(info.id).c_str()) << textOf(info.id);
    }
    void everyTechniqueIsDocumented()
    {
        QFETCH(QString, id);
        const TechniqueInfo &info = techniqueInfo(id.toStdString());
        const QString page = manPage();
        const qsizetype techniques = page.indexOf(".SS Techniques");
        QVERIFY(techniques >= 0);
        const QString listed =
            page.mid(techniques, page.indexOf(".SS ", techniques + 4) - techniques);
        QVERIFY2(idsIn(listed).contains(id), "not in the man page");

        const DocumentedTable table = documentedTable();
        const QStringList rows = table.rows.filter("`" + id + "`");
        QVERIFY2(rows.size() == 1, "expected one row of the table");
        for (const SettingInfo &setting : info.settings) {
            const QString name = textOf(setting.name);
            QVERIFY2(settingsIn(rows.first()).contains(name) ||
                         settingsIn(table.below).contains(name) ||
                         rows.first().contains("`" + name + "`"),
                     qPrintable("docs/techniques.md does not name the setting " + name));
        }
        const bool looks = info.need != Need::Nothing || !info.needRules.empty();
        QCOMPARE(rows.first().contains("`" + id + "`\\*"), looks);
    }

    void documentedSettingsExist()
    {
        for (const QString &row : documentedTable().rows) {
            for (const QString &name : settingsIn(row)) {
                bool known = false;
                for (const QString &id : idsIn(row))
                    known |= techniqueInfo(id.toStdString()).setting(name.toStdString()) != nullptr;
                QVERIFY2(known, qPrintable(name + " in: " + row));
            }
        }
    }

    void listTellsOfAll()
    {
        const test::Finished text = test::runProgram({"techniques"});
        QCOMPARE(text.code, 0);
        const QJsonObject json = jsonOf(test::runProgram({"techniques", "--json"}));
        QCOMPARE(json["schema"].toInt(), 1);
        const QJsonArray listed = json["techniques"].toArray();
        QCOMPARE(listed.size(), static_cast<qsizetype>(techniqueTable().size()));
        for (std::size_t i = 0; i < techniqueTable().size(); ++i) {
            const TechniqueInfo &info = techniqueTable()[i];
            const QJsonObject object = listed[static_cast<qsizetype>(i)].toObject();
            QCOMPARE(object["id"].toString(), textOf(info.id));
            QCOMPARE(object["family"].toString(), textOf(nameOf(info.family)));
            QCOMPARE(object["needs"].toString(), textOf(nameOf(info.need)));
            QCOMPARE(object["roles"].toArray().size(), static_cast<qsizetype>(info.roles.size()));
            QVERIFY(!object["title"].toString().isEmpty());
            QVERIFY(!object["summary"].toString().isEmpty());
            QVERIFY(!object["reference"].toString().isEmpty());
            QVERIFY(!object["elsewhere"].toString().isEmpty());
            QVERIFY(!object["defaultSelection"].toString().isEmpty());
            const QJsonArray settings = object["settings"].toArray();
            QCOMPARE(settings.size(), static_cast<qsizetype>(info.settings.size()));
            for (std::size_t k = 0; k < info.settings.size(); ++k) {
                const QJsonObject setting = settings[static_cast<qsizetype>(k)].toObject();
                QCOMPARE(setting["name"].toString(), textOf(info.settings[k].name));
                for (const char *key : {"kind", "minimum", "maximum", "unit", "choices", "default",
                                        "excludes", "requires", "help"})
                    QVERIFY2(setting.contains(key), key);
            }
            const bool looks = info.need != Need::Nothing || !info.needRules.empty();
            const QRegularExpression line("^  " + QRegularExpression::escape(textOf(info.id)) +
                                              " .*" + (looks ? "needs " : ""),
                                          QRegularExpression::MultilineOption);
            QVERIFY2(QString::fromUtf8(text.output).contains(line), text.output);
        }
    }

    void oneIsToldInFull()
    {
        const QJsonObject json =
            jsonOf(test::runProgram({"techniques", "quantize.affine", "--json"}));
        QCOMPARE(json["id"].toString(), QString("quantize.affine"));
        const QJsonObject bits = json["settings"].toArray().first().toObject();
        QCOMPARE(bits["kind"].toString(), QString("integer"));
        QCOMPARE(bits["minimum"].toInt(), 2);
        QCOMPARE(bits["maximum"].toInt(), 8);
        QCOMPARE(bits["default"].toInt(), 8);
        QVERIFY(bits["requires"].isNull());
        for (const TechniqueInfo &info : techniqueTable()) {
            const test::Finished text = test::runProgram({"techniques", textOf(info.id)});
            QCOMPARE(text.code, 0);
            const QString said = QString::fromUtf8(text.output);
            QVERIFY2(said.contains(textOf(info.reference)), text.output);
            QVERIFY2(said.contains(QString::fromUtf8(info.elsewhere)), text.output);
            for (const SettingInfo &setting : info.settings) {
                QVERIFY2(said.contains("  " + textOf(setting.name) + "="), text.output);
                QVERIFY2(said.contains(QString::fromUtf8(setting.help)), text.output);
            }
        }
    }

    void unknownOnesAreToldInOneLine()
    {
        const QStringList magic{"techniques", "quantize.magic"};
        for (const QStringList &arguments : {magic, magic + QStringList{"--json"}}) {
            const test::Finished finished = test::runProgram(arguments);
            QCOMPARE(finished.code, 2);
            QVERIFY(finished.output.isEmpty());
            QVERIFY2(finished.errors.startsWith("pare: "), finished.errors);
            QCOMPARE(finished.errors.count('\n'), 1);
            for (const TechniqueInfo &info : techniqueTable())
                QVERIFY(finished.errors.contains(std::string(info.id).c_str()));
        }
    }
};

QTEST_GUILESS_MAIN(TestTechniques)
#include "tst_techniques.moc"
