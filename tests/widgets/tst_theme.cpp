#include "widgets/theme/colourscale.h"
#include "widgets/theme/direction.h"
#include "widgets/theme/familymark.h"
#include "widgets/theme/stylesheet.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/toggleswitch.h"
#include "widgets/theme/tooltips.h"

#include <QAccessible>
#include <QApplication>
#include <QFile>
#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QMainWindow>
#include <QTableWidget>
#include <QTest>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

using namespace pare;

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadable_data();
    void textIsReadable();
    void textOnAnyFillIsReadable();
    void marksStandOut();
    void scaleRisesInLightness();
    void divergingEndsWeighTheSame();
    void modeFollowsThePalette();
    void paletteReachesOwnViews();
    void followerObeysTheChoice();
    void styleSheetHasNoOpenToken();
    void styleSheetPicturesExist();
    void familyShapesAreEquallyHeavy();
    void fontsDeriveFromTheSystem();
    void toggleSwitchIsACheckBox();
    void figuresKeepTheirOrder();
    void headsStandAboveTheirColumns();
    void toolTipsAreReadInLines_data();
    void toolTipsAreReadInLines();
};

void TestTheme::textIsReadable_data()
{
    QTest::addColumn<ThemeMode>("mode");
    QTest::addColumn<Contrast>("contrast");
    QTest::newRow("light") << ThemeMode::Light << Contrast::Usual;
    QTest::newRow("dark") << ThemeMode::Dark << Contrast::Usual;
    QTest::newRow("light, high contrast") << ThemeMode::Light << Contrast::High;
    QTest::newRow("dark, high contrast") << ThemeMode::Dark << Contrast::High;
}

void TestTheme::textIsReadable()
{
    QFETCH(ThemeMode, mode);
    QFETCH(Contrast, contrast);
    const Theme theme = Theme::of(mode, contrast);
    if (contrast == Contrast::High) {
        QVERIFY(contrastRatio(theme.text, theme.panel) > 20.9);
        QVERIFY(contrastRatio(theme.secondary, theme.panel) >= 7);
        QVERIFY(contrastRatio(theme.accent, theme.panel) >= 7);
        QVERIFY(contrastRatio(theme.line, theme.panel) >= 4.5);
        QVERIFY(contrastRatio(theme.accent, theme.text) >= 1.5); // a link beside text
        for (const QColor &family : theme.families)
            QVERIFY2(contrastRatio(family, theme.panel) >= 4.5, qPrintable(family.name()));
    }
    // What the palette pairs: a text, what it stands on.
    const QPalette palette = theme.palette();
    const std::pair<QPalette::ColorRole, QPalette::ColorRole> roles[] = {
        {QPalette::WindowText, QPalette::Window},
        {QPalette::Text, QPalette::Base},
        {QPalette::Text, QPalette::AlternateBase},
        {QPalette::PlaceholderText, QPalette::Base},
        {QPalette::ButtonText, QPalette::Button},
        {QPalette::HighlightedText, QPalette::Highlight},
        {QPalette::Link, QPalette::Base},
        {QPalette::Link, QPalette::Window},
        {QPalette::ToolTipText, QPalette::ToolTipBase},
    };
    for (const auto &[label, ground] : roles)
        QVERIFY2(contrastRatio(palette.color(label), palette.color(ground)) >= 4.5,
                 qPrintable(QString::number(label)));
    for (const QColor &ground : {theme.background, theme.panel, theme.faint, theme.selection()})
        QVERIFY2(contrastRatio(theme.text, ground) >= 4.5, qPrintable(ground.name()));
    for (const QColor &ground : {theme.background, theme.panel}) {
        QVERIFY2(contrastRatio(theme.secondary, ground) >= 4.5, qPrintable(ground.name()));
        QVERIFY2(contrastRatio(theme.accent, ground) >= 4.5, qPrintable(ground.name()));
    }
    QVERIFY(contrastRatio(theme.onAccent, theme.accent) >= 4.5);
    // Pairs that the style sheet makes: a label, what it stands on.
    static const QRegularExpression rule(QStringLiteral("kind=\"problem\"\\] \\{ color: (#\\w+)"));
    const QColor problem(rule.match(styleSheet(theme)).captured(1));
    QVERIFY(problem.isValid());
    const std::pair<QColor, QColor> pairs[] = {
        {problem, theme.panel},
        {problem, theme.background},
        {theme.accent, theme.faint}, // a flat button under the mouse
        {theme.secondary, theme.faint},
        {theme.accent, theme.selection()},    // a link on a chosen card
        {theme.secondary, theme.selection()}, // a chosen card's second line
    };
    for (const auto &[label, ground] : pairs) {
        const QString found = QStringLiteral("%1 on %2: %3")
                                  .arg(label.name(), ground.name())
                                  .arg(contrastRatio(label, ground));
        QVERIFY2(contrastRatio(label, ground) >= 4.5, qPrintable(found));
    }
}

void TestTheme::textOnAnyFillIsReadable()
{
    for (int red = 0; red < 256; red += 17) {
        for (int green = 0; green < 256; green += 17) {
            for (int blue = 0; blue < 256; blue += 17) {
                const QColor fill(red, green, blue);
                QVERIFY2(contrastRatio(readableOn(fill), fill) >= 4.5, qPrintable(fill.name()));
            }
        }
    }
}

void TestTheme::marksStandOut()
{
    for (const Theme &theme : {Theme::light(), Theme::dark(), Theme::highContrast(ThemeMode::Light),
                               Theme::highContrast(ThemeMode::Dark)}) {
        for (std::size_t i = 0; i < theme.families.size(); ++i) {
            QVERIFY(contrastRatio(theme.families[i], theme.panel) >= 2);
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(theme.families[i] != theme.families[j]);
        }
    }
}

void TestTheme::scaleRisesInLightness()
{
    for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
        double last = 0;
        for (int i = 0; i <= 100; ++i) {
            const double contrast = contrastRatio(scaleColour(i / 100.0, mode), QColor(Qt::black));
            QVERIFY2(contrast > last, qPrintable(QString::number(i)));
            last = contrast;
        }
    }
    QCOMPARE(cividis(-1), cividis(0));
    QCOMPARE(cividis(2), cividis(1));
    QVERIFY(cividis(0).blue() > cividis(0).red());
    QVERIFY(cividis(1).red() > cividis(1).blue());
}

void TestTheme::divergingEndsWeighTheSame()
{
    const auto distance = [](const Oklab &one, const Oklab &other) {
        return std::hypot(one.lightness - other.lightness, one.a - other.a, one.b - other.b);
    };
    QVERIFY(std::abs(oklabOf(Qt::white).lightness - 1) < 1e-4);
    QVERIFY(distance(oklabOf(Qt::red), {0.6280, 0.2249, 0.1258}) < 2e-4); // published
    for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
        const Oklab cool = oklabOf(divergingColour(-1, mode));
        const Oklab warm = oklabOf(divergingColour(1, mode));
        QVERIFY(std::abs(cool.lightness - warm.lightness) < 0.01);
        QVERIFY(cool.b < -0.08 && warm.b > 0.08); // blue against yellow, which all eyes tell apart
        QCOMPARE(divergingColour(0, mode), Theme::of(mode).line);
        for (const int side : {-1, 1}) {
            const double whole =
                distance(oklabOf(divergingColour(0, mode)), oklabOf(divergingColour(side, mode)));
            for (int i = 0; i < 10; ++i) {
                const double step = distance(oklabOf(divergingColour(side * i / 10.0, mode)),
                                             oklabOf(divergingColour(side * (i + 1) / 10.0, mode)));
                QVERIFY2(std::abs(step / whole - 0.1) < 0.02, qPrintable(QString::number(step)));
            }
        }
    }
}

void TestTheme::modeFollowsThePalette()
{
    QCOMPARE(Theme::of(Theme::dark().palette()).mode, ThemeMode::Dark);
    QCOMPARE(Theme::of(Theme::light().palette()).mode, ThemeMode::Light);
    QCOMPARE(Theme::of(QPalette(Qt::lightGray)).mode, ThemeMode::Light);
    for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
        QCOMPARE(Theme::of(Theme::of(mode).palette()).contrast, Contrast::Usual);
        QCOMPARE(Theme::of(Theme::highContrast(mode).palette()).contrast, Contrast::High);
        QCOMPARE(Theme::of(Theme::highContrast(mode).palette()).mode, mode);
    }
    QCOMPARE(Theme::of(QPalette(QColor(40, 40, 40))).mode, ThemeMode::Dark);
}

void TestTheme::paletteReachesOwnViews()
{
    QMainWindow window;
    applyTheme(window, Theme::dark());
    auto *outer = new QWidget;
    auto *inner = new QWidget(outer);
    window.setCentralWidget(outer);
    window.show();
    QCOMPARE(Theme::of(inner->palette()).mode, ThemeMode::Dark);
    applyTheme(window, Theme::light());
    QCOMPARE(Theme::of(inner->palette()).mode, ThemeMode::Light);
}

void TestTheme::followerObeysTheChoice()
{
    QMainWindow window;
    ThemeFollower follower(&window);
    QCOMPARE(Theme::of(window.palette()).mode, Theme::of(QApplication::palette()).mode);
    follower.setChoice(ThemeMode::Dark);
    QCOMPARE(Theme::of(window.palette()).mode, ThemeMode::Dark);
    follower.setContrast(Contrast::High);
    QCOMPARE(Theme::of(window.palette()).contrast, Contrast::High);
    QCOMPARE(Theme::of(window.palette()).mode, ThemeMode::Dark);
    follower.setContrast(Contrast::Usual);
    QCOMPARE(Theme::of(window.palette()).contrast, Contrast::Usual);
    follower.setChoice(std::nullopt);
    const QPalette before = QApplication::palette();
    QApplication::setPalette(QPalette(QColor(30, 30, 30)));
    QTRY_COMPARE(Theme::of(window.palette()).mode, ThemeMode::Dark);
    QApplication::setPalette(QPalette(QColor(230, 230, 230)));
    QTRY_COMPARE(Theme::of(window.palette()).mode, ThemeMode::Light);
    QApplication::setPalette(before);
}

void TestTheme::styleSheetHasNoOpenToken()
{
    for (const Theme &theme : {Theme::light(), Theme::dark()}) {
        const QString sheet = styleSheet(theme);
        QVERIFY(sheet.contains(theme.accent.name()));
        QVERIFY2(!sheet.contains(QChar('@')), qPrintable(sheet.mid(sheet.indexOf(QChar('@')), 40)));
    }
}

void TestTheme::styleSheetPicturesExist()
{
    for (const Theme &theme : {Theme::light(), Theme::dark()}) {
        const QString sheet = styleSheet(theme);
        const QRegularExpression picture(QStringLiteral("url\\(([^)]+)\\)"));
        int count = 0;
        for (auto found = picture.globalMatch(sheet); found.hasNext(); ++count) {
            const QString path = found.next().captured(1);
            QVERIFY2(QFile::exists(path), qPrintable(path));
            QVERIFY2(!QIcon(path).pixmap(16).isNull(), qPrintable(path));
        }
        QVERIFY(count > 5);
    }
}

void TestTheme::familyShapesAreEquallyHeavy()
{
    const auto area = [](Family family) {
        double sum = 0;
        for (const QPolygonF &polygon : familyPath(family, {}, 100).toSubpathPolygons()) {
            for (qsizetype i = 0; i + 1 < polygon.size(); ++i)
                sum += polygon[i].x() * polygon[i + 1].y() - polygon[i + 1].x() * polygon[i].y();
        }
        return std::abs(sum) / 2;
    };
    for (const Family family :
         {Family::Structure, Family::Sharing, Family::LowRank, Family::Pruning, Family::Training}) {
        const double ratio = area(family) / area(Family::Quantization);
        QVERIFY2(ratio > 0.7 && ratio < 1.3, qPrintable(QString::number(ratio)));
    }
    QVERIFY(!familyIcon(Family::Pruning, Theme::dark()).isNull());
}

void TestTheme::fontsDeriveFromTheSystem()
{
    QFont points;
    points.setPointSizeF(11);
    QCOMPARE(largeFont(points).pointSizeF(), 22.0);
    QVERIFY(smallerFont(points).pointSizeF() < 11);
    QCOMPARE(heavierFont(points).pointSizeF(), 11.0);
    QVERIFY(heavierFont(points).weight() > points.weight());
    QFont pixels;
    pixels.setPixelSize(20);
    QCOMPARE(largeFont(pixels).pixelSize(), 40);
}

void TestTheme::figuresKeepTheirOrder()
{
    const QString figure = QString::fromUtf8("−0.79 MB");
    QCOMPARE(isolated(figure), figure);
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    const QString kept = isolated(figure);
    const QString hebrew = isolated(QString::fromUtf8("שלום"));
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    QCOMPARE(kept, QChar(0x2066) + figure + QChar(0x2069));
    QCOMPARE(hebrew, QString::fromUtf8("שלום"));
}

void TestTheme::toggleSwitchIsACheckBox()
{
    ToggleSwitch toggle(QStringLiteral("Prune 2:4"));
    toggle.resize(toggle.sizeHint());
    toggle.show();
    QCOMPARE(QAccessible::queryAccessibleInterface(&toggle)->role(), QAccessible::CheckBox);
    QTest::mouseClick(&toggle, Qt::LeftButton, {}, QPoint(toggle.width() - 6, toggle.height() / 2));
    QVERIFY(toggle.isChecked());
    QTest::keyClick(&toggle, Qt::Key_Space);
    QVERIFY(!toggle.isChecked());
    QVERIFY(!toggle.grab().isNull());
}

namespace {

/// Where `part` of a picture has ink: the first and the last of its columns, in its own pixels.
std::pair<int, int> inkOf(const QImage &picture, const QRect &part)
{
    int first = part.right() + 1, last = part.left() - 1;
    const QColor paper = picture.pixelColor(part.center().x(), part.top() + 1);
    for (int x = part.left(); x <= part.right(); ++x) {
        for (int y = part.top(); y < part.bottom() - 2; ++y) { // without the line below a head
            const bool ink =
                std::abs(picture.pixelColor(x, y).lightness() - paper.lightness()) > 60;
            first = ink ? std::min(first, x) : first;
            last = ink ? std::max(last, x) : last;
        }
    }
    return {first, last};
}

} // namespace

/// Texts from their left ends on, numbers to their right ends, to the pixel, also where the rows are sorted.
void TestTheme::headsStandAboveTheirColumns()
{
    QTableWidget table(1, 3);
    table.setSortingEnabled(true);
    applyTheme(table, Theme::of(ThemeMode::Light));
    table.setHorizontalHeaderLabels({"HHH", "HHH", "HHH"});
    table.verticalHeader()->hide();
    table.horizontalHeader()->setHighlightSections(false);
    for (int column = 0; column < 3; ++column) {
        const auto side = column == 0 ? Qt::AlignLeft : Qt::AlignRight;
        auto *cell = new QTableWidgetItem(QStringLiteral("HHH"));
        cell->setTextAlignment(side | Qt::AlignVCenter);
        table.setItem(0, column, cell);
        table.horizontalHeaderItem(column)->setTextAlignment(side | Qt::AlignVCenter);
        table.setColumnWidth(column, 120);
    }
    table.resize(400, 120);
    table.show();
    QVERIFY(QTest::qWaitForWindowExposed(&table));
    for (const int sorted : {-2, -1, 0, 2}) {
        table.setSortingEnabled(sorted > -2);
        table.horizontalHeader()->setSortIndicator(sorted, Qt::AscendingOrder);
        const QImage head = table.horizontalHeader()->viewport()->grab().toImage();
        const QImage rows = table.viewport()->grab().toImage();
        for (int column = 0; column < 3; ++column) {
            const int left = table.columnViewportPosition(column);
            const auto above = inkOf(head, {left, 0, 120, head.height()});
            const auto below = inkOf(rows, {left, 0, 120, table.rowHeight(0)});
            if (column == 0)
                QCOMPARE(above.first - left, below.first - left);
            else if (column != sorted) // its mark stands at the end
                QCOMPARE(left + 120 - above.second, left + 120 - below.second);
        }
    }
}

void TestTheme::toolTipsAreReadInLines_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("broken");
    const QString words = QStringLiteral("between 1.10 and 1.30 ms for 90 of 100; ").repeated(8);
    QTest::newRow("short") << QStringLiteral("9.00 MB") << false;
    QTest::newRow("long") << words << true;
    QTest::newRow("some lines") << QStringLiteral("one\n") + words + QStringLiteral("\nthree")
                                << true;
    QTest::newRow("Korean")
        << QString::fromUtf8("가중치를 풀어 부동소수점으로 곱합니다. ").repeated(8) << true;
    QTest::newRow("a path") << '/' + QString(400, 'a') << true;
    QTest::newRow("rich") << QStringLiteral("<p>") + words << false;
}

void TestTheme::toolTipsAreReadInLines()
{
    QFETCH(QString, text);
    QFETCH(bool, broken);
    const QFontMetrics metrics(QToolTip::font());
    const auto narrow = [&](const QString &shown) {
        const QStringList lines = shown.split('\n');
        return std::ranges::all_of(
            lines, [&](const QString &line) { return metrics.horizontalAdvance(line) <= 460; });
    };
    const QString lines = inLines(text);
    QCOMPARE(lines != text, broken);
    QVERIFY(narrow(lines) || !broken);
    QCOMPARE(QString(lines).remove('\n').remove(' '), QString(text).remove('\n').remove(' '));
    // Wherever Qt would show it: of a widget, of a cell and of the head of a table.
    const ToolTips shown(*qApp);
    QTableWidget table(1, 1);
    table.setItem(0, 0, new QTableWidgetItem(QStringLiteral("cell")));
    table.item(0, 0)->setToolTip(text);
    table.setHorizontalHeaderItem(0, new QTableWidgetItem(QStringLiteral("head")));
    table.horizontalHeaderItem(0)->setToolTip(text);
    table.setToolTip(text);
    table.show();
    for (QWidget *part : std::initializer_list<QWidget *>{&table, table.viewport(),
                                                          table.horizontalHeader()->viewport()}) {
        QToolTip::hideText();
        QHelpEvent help(QEvent::ToolTip, {8, 8}, part->mapToGlobal(QPoint(8, 8)));
        QApplication::sendEvent(part, &help);
        QCOMPARE(QToolTip::text(), lines);
    }
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
