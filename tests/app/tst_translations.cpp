// Every translation is complete: nothing that the sources say is missing, unfinished or left over,
// and what stands in a pattern's place stays there.
#include "core/model/training.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <algorithm>

using namespace pare;

namespace {

struct Entry
{
    QString context;
    QString source;
    QString comment;
    QStringList translations; ///< more than one: plural forms
    QString state;            ///< "unfinished", "vanished", or empty: finished
};

void readTranslation(QXmlStreamReader &xml, Entry &entry)
{
    entry.state = xml.attributes().value("type").toString();
    QString text;
    while (!(xml.readNext() == QXmlStreamReader::EndElement && xml.name() == u"translation")) {
        if (xml.isStartElement() && xml.name() == u"numerusform")
            entry.translations << xml.readElementText();
        else if (xml.isCharacters())
            text += xml.text();
    }
    if (entry.translations.isEmpty())
        entry.translations << text;
}

std::vector<Entry> entriesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    QXmlStreamReader xml(&file);
    std::vector<Entry> entries;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"name")
            context = xml.readElementText();
        else if (xml.name() == u"message")
            entries.push_back({context, {}, {}, {}, {}});
        else if (xml.name() == u"source")
            entries.back().source = xml.readElementText();
        else if (xml.name() == u"comment")
            entries.back().comment = xml.readElementText();
        else if (xml.name() == u"translation")
            readTranslation(xml, entries.back());
    }
    if (xml.hasError())
        qFatal("%s: %s", qPrintable(path), qPrintable(xml.errorString()));
    return entries;
}

QString keyOf(const Entry &entry)
{
    return entry.context + " | " + entry.source + " | " + entry.comment;
}

QStringList found(const QRegularExpression &pattern, const QString &text)
{
    QStringList all;
    for (auto matches = pattern.globalMatch(text); matches.hasNext();)
        all << matches.next().captured();
    return all;
}

QStringList placeholders(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("%(\\d|n)"));
    QStringList all = found(pattern, text);
    all.removeDuplicates();
    all.sort();
    return all;
}

bool hasHangul(const QString &text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.script() == QChar::Script_Hangul; });
}

/// What reads the same in every language: signs, keys, units, and names that papers gave.
bool isUniversal(const QString &text)
{
    static const QSet<QString> names{
        "DistilBERT",      "TinyBERT", "MobileBERT", "MiniLM",   "MiniLMv2",
        "BERT-of-Theseus", "PKD",      "float32",    "bfloat16", "k"};
    // letters of runs and of statistics, and what is typed as it stands
    static const QSet<QString> few{
        "%1b",    "r%1",       QString::fromUtf8("e\u202f%1"), QString::fromUtf8("r\u202f%1"),
        "p = %1", "p < 0.001", QString::fromUtf8("B − A"),     "accuracy>90 tag:paper"};
    static const QRegularExpression units(QStringLiteral("\\b(ms|kB|MB|GB|kHz)\\b"));
    if (names.contains(text) || few.contains(text) || text.startsWith(u"Ctrl+") ||
        text.startsWith(u"Shift+"))
        return true;
    QString rest = text;
    rest.remove(units);
    return std::ranges::none_of(rest, [](QChar c) { return c.isLetter(); });
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void knowsAllThatTheSourcesSay();
    void isFinished();
    void englishHasItsPlurals();
    void keepsPlaceholders();
    void keepsMnemonicsAndKeys();
    void leavesNoEnglish();
    void noParticleHangsOnAPlaceholder();
    void wordsOfSettingsAreKnown();

private:
    void expectNone(const QStringList &wrong)
    {
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join('\n')));
    }
    std::vector<Entry> m_entries;
};

void TestTranslations::initTestCase()
{
    m_entries = entriesOf(QStringLiteral(PARE_TRANSLATION));
    QVERIFY(m_entries.size() > 900);
}

void TestTranslations::knowsAllThatTheSourcesSay()
{
    const QTemporaryDir folder;
    const QString fresh = folder.filePath(QStringLiteral("pare_ko.ts"));
    QProcess update;
    update.setProcessChannelMode(QProcess::MergedChannels);
    update.start(
        QStringLiteral(PARE_CMAKE),
        {QStringLiteral("-DLUPDATE=" PARE_LUPDATE), QStringLiteral("-DROOT=" PARE_SOURCE_ROOT),
         "-DWORK=" + folder.filePath(QStringLiteral("sources")), "-DTARGETS=" + fresh,
         QStringLiteral("-P"), QStringLiteral(PARE_SOURCE_ROOT "/translations/update.cmake")});
    QVERIFY2(update.waitForFinished(), qPrintable(update.errorString()));
    QVERIFY2(update.exitCode() == 0, update.readAll().constData());
    QSet<QString> said, known;
    for (const Entry &entry : entriesOf(fresh))
        said << keyOf(entry);
    for (const Entry &entry : m_entries)
        known << keyOf(entry);
    QVERIFY(said.size() > 900);
    expectNone((said - known).values()); // build the target update_translations, then translate
    expectNone((known - said).values()); // no longer said anywhere
}

void TestTranslations::isFinished()
{
    QStringList wrong;
    for (const Entry &entry : m_entries) {
        const bool empty = std::ranges::any_of(entry.translations, &QString::isEmpty);
        if (!entry.state.isEmpty() || empty)
            wrong << entry.state + " | " + keyOf(entry);
    }
    expectNone(wrong);
}

/// Whatever is counted reads as a person would say it, of one and of several.
void TestTranslations::englishHasItsPlurals()
{
    QSet<QString> counted, known;
    for (const Entry &entry : m_entries) {
        if (entry.source.contains(QStringLiteral("%n")))
            counted << keyOf(entry);
    }
    for (const Entry &entry : entriesOf(QStringLiteral(PARE_PLURALS))) {
        known << keyOf(entry);
        QCOMPARE(entry.translations.size(), 2);
        QVERIFY(entry.state.isEmpty());
        QVERIFY(entry.translations.first() != entry.translations.last());
        for (const QString &text : entry.translations) {
            QVERIFY2(!text.contains(QStringLiteral("(s)")), qPrintable(text));
            QCOMPARE(placeholders(text), placeholders(entry.source));
        }
    }
    QVERIFY(!counted.isEmpty());
    expectNone((counted - known).values());
    expectNone((known - counted).values());
}

void TestTranslations::keepsPlaceholders()
{
    QStringList wrong;
    for (const Entry &entry : m_entries) {
        for (const QString &text : entry.translations) {
            if (placeholders(entry.source) != placeholders(text))
                wrong << keyOf(entry) + " | " + text;
        }
    }
    expectNone(wrong);
}

void TestTranslations::keepsMnemonicsAndKeys()
{
    static const QRegularExpression mnemonic(QStringLiteral("&[A-Za-z]"));
    QStringList wrong;
    for (const Entry &entry : m_entries) {
        const QString &text = entry.translations.first();
        const QString was = found(mnemonic, entry.source).join(' ').toUpper();
        const QString is = found(mnemonic, text).join(' ').toUpper();
        if (was != is || (entry.source.startsWith(u"Ctrl+") && entry.source != text))
            wrong << keyOf(entry) + " | " + text;
    }
    expectNone(wrong);
}

void TestTranslations::leavesNoEnglish()
{
    QStringList wrong;
    for (const Entry &entry : m_entries) {
        for (const QString &text : entry.translations) {
            if (!hasHangul(text) && !isUniversal(text))
                wrong << keyOf(entry) + " | " + text;
        }
    }
    expectNone(wrong);
}

/// A particle follows the sound before it, which a placeholder does not have.
void TestTranslations::noParticleHangsOnAPlaceholder()
{
    static const QRegularExpression particle(
        QStringLiteral("%\\d(을|를|이|가|은|는|과|와|로|으로)([\\s.,]|$)"));
    QStringList wrong;
    for (const Entry &entry : m_entries) {
        for (const QString &text : entry.translations) {
            if (particle.match(text).hasMatch())
                wrong << text;
        }
    }
    expectNone(wrong);
}

void TestTranslations::wordsOfSettingsAreKnown()
{
    QSet<QString> known;
    for (const Entry &entry : m_entries) {
        if (entry.context == u"core")
            known << entry.source;
    }
    QStringList wrong;
    const auto expect = [&](std::string_view word, std::string_view where) {
        const QString text = QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
        if (!text.isEmpty() && !known.contains(text))
            wrong << QString::fromUtf8(where.data(), static_cast<qsizetype>(where.size())) + ": " +
                         text;
    };
    const auto expectAll = [&](const TechniqueInfo &info) {
        for (const SettingInfo &setting : info.settings) {
            expect(setting.name, info.id);
            expect(setting.unit, info.id);
            std::string_view rest = setting.choices;
            while (!rest.empty()) {
                expect(rest.substr(0, rest.find('|')), info.id);
                rest = rest.find('|') == rest.npos ? "" : rest.substr(rest.find('|') + 1);
            }
        }
    };
    std::ranges::for_each(techniqueTable(), expectAll);
    std::ranges::for_each(distillationTable(), expectAll);
    expectAll(recoverInfo());
    expectNone(wrong); // add them to translations/settingwords.h
}

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
