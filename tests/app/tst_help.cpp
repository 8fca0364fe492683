// The help: every panel and family has its page in every language, links lead somewhere, and F1
// opens the page of what has the keyboard.
#include "app/window/helppages.h"
#include "app/window/helpwindow.h"
#include "app/window/language.h"
#include "app/window/mainwindow.h"
#include "app/window/workspace.h"
#include "core/model/technique.h"
#include "core/model/training.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/inspectorpanel.h"
#include "widgets/panels/meter.h"
#include "widgets/panels/recipepanel.h"
#include "widgets/panels/runspanel.h"
#include "widgets/panels/settingsform.h"
#include "widgets/panels/startpage.h"
#include "widgets/panels/stepcard.h"

#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTextFrame>
#include <QTextTable>
#include <QToolButton>
#include <algorithm>

using namespace pare;

namespace {

void speak(const char *language)
{
    QSettings().setValue("window/language", language);
    useChosenLanguage();
}

QStringList linksOf(const QString &text)
{
    static const QRegularExpression link(QStringLiteral("\\]\\(([^)]+)\\)"));
    QStringList links;
    for (auto matches = link.globalMatch(text); matches.hasNext();)
        links << matches.next().captured(1);
    return links;
}

QStringList codeOf(const QString &text)
{
    static const QRegularExpression code(QStringLiteral("`[a-z]+\\.[a-z0-9-]+`"));
    QStringList names;
    for (auto matches = code.globalMatch(text); matches.hasNext();)
        names << matches.next().captured().remove('`');
    return names;
}

QString familyPage(Family family)
{
    return QString::fromUtf8(nameOf(family).data());
}

} // namespace

class TestHelp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void pageIsWhole_data();
    void pageIsWhole();
    void languagesSayTheSame();
    void everyFamilyNamesItsTechniques();
    void noPageIsLeftOver();
    void tablesHaveRoomAroundThem();
    void everyPanelHasAPage();
    void f1OpensThePageOfTheFocus();
    void contentsLinksAndBack();
    void searchNarrowsTheContents();
    void speaksTheLanguageOfTheWindow();

private:
    HelpWindow *help() const { return m_window->findChild<HelpWindow *>("helpWindow"); }
    void pressF1() const;
    std::unique_ptr<MainWindow> m_window;
};

void TestHelp::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setOrganizationName("Pare");
    QApplication::setApplicationName("tst_help");
}

void TestHelp::init()
{
    QSettings().clear();
    speak("en");
    m_window = std::make_unique<MainWindow>();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestHelp::cleanup()
{
    m_window.reset();
}

void TestHelp::pressF1() const
{
    QTest::keyClick(m_window.get(), Qt::Key_F1);
}

void TestHelp::pageIsWhole_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("page");
    for (const char *language : {"en", "ko"}) {
        for (const QString &page : helpPages())
            QTest::addRow("%s/%s", language, qPrintable(page)) << language << page;
    }
}

void TestHelp::pageIsWhole()
{
    QFETCH(QString, language);
    QFETCH(QString, page);
    speak(language.toLatin1());
    QVERIFY2(helpUrl(page).path().contains("/" + language + "/"), "there is no page");
    const QString text = helpText(page);
    QVERIFY(text.startsWith(u"# "));
    const auto lines = text.count('\n');
    QVERIFY2(lines >= 20 && lines <= 50, qPrintable(QString::number(lines)));
    const QStringList links = linksOf(text);
    QVERIFY(!links.isEmpty());
    for (const QString &link : links) {
        QVERIFY2(link.endsWith(u".md"), qPrintable(link));
        QVERIFY2(helpPages().contains(link.chopped(3)), qPrintable(link));
    }
    const bool hangul =
        std::ranges::any_of(text, [](QChar c) { return c.script() == QChar::Script_Hangul; });
    QCOMPARE(hangul, language == u"ko");
}

/// Not the words, but as many headings and rows, and the same techniques.
void TestHelp::languagesSayTheSame()
{
    static const QRegularExpression heading(QStringLiteral("^#+ "),
                                            QRegularExpression::MultilineOption);
    static const QRegularExpression row(QStringLiteral("^\\|"),
                                        QRegularExpression::MultilineOption);
    for (const QString &page : helpPages()) {
        speak("en");
        const QString english = helpText(page);
        speak("ko");
        const QString korean = helpText(page);
        QVERIFY2(english.count(heading) == korean.count(heading), qPrintable(page));
        QVERIFY2(english.count(row) == korean.count(row), qPrintable(page));
        const auto sorted = [](QStringList list) {
            list.removeDuplicates();
            list.sort();
            return list;
        };
        QCOMPARE(sorted(codeOf(korean)), sorted(codeOf(english)));
        QCOMPARE(sorted(linksOf(korean)), sorted(linksOf(english)));
    }
}

/// By id, or by the name its title gives it.
void TestHelp::everyFamilyNamesItsTechniques()
{
    for (const TechniqueInfo &info : techniqueTable()) {
        const QString id =
            QString::fromUtf8(info.id.data(), static_cast<qsizetype>(info.id.size()));
        const QString name = id.section('.', 1);
        const QString text = helpText(familyPage(info.family)) +
                             (id.startsWith(u"share.") ? helpText("sharing") : QString());
        QString plain = text.toLower();
        plain.remove('.').remove(' ').remove('-');
        QVERIFY2(plain.contains(QString(name).remove('-')), qPrintable(id));
    }
    for (const TechniqueInfo &info : distillationTable())
        QVERIFY2(helpText("distillation").contains('`' + QString::fromUtf8(info.id.data()) + '`'),
                 info.id.data());
}

/// From the last line of a table to what follows it.
void TestHelp::tablesHaveRoomAroundThem()
{
    HelpWindow help(nullptr);
    help.open(QStringLiteral("pruning"));
    const QTextDocument *page = help.findChild<QTextBrowser *>("helpText")->document();
    const QAbstractTextDocumentLayout *layout = page->documentLayout();
    int tables = 0;
    for (QTextFrame *frame : page->rootFrame()->childFrames()) {
        const QTextBlock last = frame->lastCursorPosition().block();
        const QTextBlock next = page->findBlock(frame->lastPosition() + 1);
        if (!qobject_cast<QTextTable *>(frame) || !next.isValid())
            continue;
        ++tables;
        const double room =
            layout->blockBoundingRect(next).top() - layout->blockBoundingRect(last).bottom();
        QVERIFY2(room >= 16, qPrintable(QString::number(room)));
    }
    QVERIFY(tables > 0);
}

void TestHelp::noPageIsLeftOver()
{
    for (const char *language : {"en", "ko"}) {
        const QStringList files =
            QDir(QStringLiteral(PARE_RESOURCES "/help/") + language).entryList(QDir::Files);
        QCOMPARE(files.size(), helpPages().size());
    }
}

void TestHelp::everyPanelHasAPage()
{
    const Workspace *workspace = m_window->workspace();
    QCOMPARE(helpPageFor(workspace->mapPanel()->map()), "layermap");
    QCOMPARE(helpPageFor(workspace->recipePanel()), "recipe");
    QCOMPARE(helpPageFor(workspace->inspectorPanel()), "inspector");
    QCOMPARE(helpPageFor(workspace->chartPanel()->chart()), "chart");
    QCOMPARE(helpPageFor(workspace->runsPanel()->table()->viewport()), "chart");
    QCOMPARE(helpPageFor(workspace->meter()), "numbers");
    QCOMPARE(helpPageFor(nullptr), "start");

    StepCard card;
    SettingsForm form;
    for (const TechniqueInfo &info : techniqueTable()) {
        StepCardData data;
        data.family = info.family;
        card.setData(data);
        form.setStep(checked(parsedStep(info.id)));
        QCOMPARE(helpPageFor(&card), familyPage(info.family));
        QCOMPARE(helpPageFor(&form), familyPage(info.family));
    }
}

void TestHelp::f1OpensThePageOfTheFocus()
{
    pressF1();
    QVERIFY(help());
    QVERIFY(help()->isVisible());
    QCOMPARE(help()->page(), "start");

    m_window->document().openProject(QDir::temp().filePath("tst_help.pare"));
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->findChild<QPushButton *>("mapEmptyAction")->setFocus(); // in the place of the map
    pressF1();
    QCOMPARE(help()->page(), "layermap");
}

void TestHelp::contentsLinksAndBack()
{
    pressF1();
    auto *contents = help()->findChild<QListWidget *>("helpContents");
    auto *text = help()->findChild<QTextBrowser *>("helpText");
    auto *back = help()->findChild<QToolButton *>("helpBack");
    QCOMPARE(contents->count(), helpPages().size());
    QCOMPARE(contents->currentRow(), 0);
    QVERIFY(!back->isEnabled());
    contents->setCurrentRow(4);
    QCOMPARE(help()->page(), helpPages().at(4));
    QVERIFY(text->toPlainText().startsWith(contents->item(4)->text()));
    QVERIFY(text->find(QStringLiteral("honest numbers")));
    text->ensureCursorVisible();
    QTest::mouseClick(text->viewport(), Qt::LeftButton, {},
                      text->cursorRect().center() - QPoint(20, 0));
    QCOMPARE(help()->page(), "numbers");
    QCOMPARE(contents->currentRow(), helpPages().indexOf("numbers"));
    QTest::mouseClick(back, Qt::LeftButton);
    QCOMPARE(help()->page(), helpPages().at(4));
    QTest::mouseClick(back, Qt::LeftButton);
    QCOMPARE(help()->page(), "start");
}

void TestHelp::searchNarrowsTheContents()
{
    pressF1();
    auto *contents = help()->findChild<QListWidget *>("helpContents");
    auto *search = help()->findChild<QLineEdit *>("helpSearch");
    auto *text = help()->findChild<QTextBrowser *>("helpText");
    QTest::keyClicks(search, "sandwich");
    QStringList left;
    for (int row = 0; row < contents->count(); ++row) {
        if (!contents->item(row)->isHidden())
            left << contents->item(row)->text();
    }
    QCOMPARE(left, QStringList{helpTitle("sharing")});
    QCOMPARE(help()->page(), "sharing");
    // Its places are marked, and the first of them is in view.
    QVERIFY(!text->extraSelections().isEmpty());
    for (const QTextEdit::ExtraSelection &mark : text->extraSelections())
        QCOMPARE(mark.cursor.selectedText().toLower(), "sandwich");
    QVERIFY(text->viewport()->rect().intersects(text->cursorRect()));
    QCOMPARE(text->textCursor().position(),
             text->extraSelections().constFirst().cursor.selectionStart());
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(text->textCursor().selectedText(), "sandwich");
    search->clear();
    QVERIFY(!contents->item(0)->isHidden());
    QVERIFY(text->extraSelections().isEmpty());
}

void TestHelp::speaksTheLanguageOfTheWindow()
{
    pressF1();
    help()->open("numbers");
    m_window->findChild<QAction *>("languageKorean")->trigger();
    const QString title = QString::fromUtf8("정직한 수치");
    QTRY_VERIFY(help() && help()->page() == "numbers" &&
                help()->findChild<QTextBrowser *>("helpText")->toPlainText().startsWith(title));
    QCOMPARE(help()->windowTitle(), QString::fromUtf8("Pare 도움말"));
}

QTEST_MAIN(TestHelp)
#include "tst_help.moc"
