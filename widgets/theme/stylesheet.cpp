#include "widgets/theme/stylesheet.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QWidget>

// Resources of a static library are only linked in where they are asked for, outside of any
// namespace.
static void initialiseThemeResources()
{
    Q_INIT_RESOURCE(theme);
}

namespace pare {

QString styleSheet(const Theme &theme)
{
    initialiseThemeResources();
    QFile file(QStringLiteral(":/pare/theme/style.qss"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("the style sheet is missing from the program");
    QString sheet = QString::fromUtf8(file.readAll());

    const bool dark = theme.mode == ThemeMode::Dark;
    const std::pair<const char *, QColor> tokens[] = {
        {"@background", theme.background},
        {"@panel", theme.panel},
        {"@line", theme.line},
        {"@strongline", mixed(theme.line, theme.secondary, 0.5)},
        {"@text", theme.text},
        {"@secondary", theme.secondary},
        {"@disabled", mixed(theme.panel, theme.secondary, 0.6)},
        {"@faint", theme.faint},
        {"@accent", theme.accent},
        {"@hotaccent", mixed(theme.accent, dark ? QColor(Qt::white) : QColor(Qt::black), 0.12)},
        {"@onaccent", theme.onAccent},
        {"@selection", theme.selection()},
        {"@problem", QColor(dark ? 0xff9a8b : 0xb3261e)},
    };
    for (const auto &[token, colour] : tokens)
        sheet.replace(QLatin1String(token) + QLatin1Char(';'), colour.name() + QLatin1Char(';'));
    sheet.replace(QLatin1String("@mode"), dark ? QLatin1String("dark") : QLatin1String("light"));
    return sheet;
}

void applyTheme(QWidget &window, const Theme &theme)
{
    QCoreApplication::setAttribute(Qt::AA_UseStyleSheetPropagationInWidgetStyles);
    window.setPalette(theme.palette());
    window.setStyleSheet(styleSheet(theme));
}

ThemeFollower::ThemeFollower(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    window->installEventFilter(this);
    refresh();
}

void ThemeFollower::setChoice(std::optional<ThemeMode> choice)
{
    m_choice = choice;
    refresh();
}

void ThemeFollower::setContrast(Contrast contrast)
{
    m_contrast = contrast;
    refresh();
}

bool ThemeFollower::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange)
        refresh();
    return QObject::eventFilter(watched, event);
}

void ThemeFollower::refresh()
{
    const std::pair wanted(m_choice.value_or(Theme::of(QApplication::palette()).mode), m_contrast);
    if (wanted == m_applied)
        return;
    m_applied = wanted;
    applyTheme(*m_window, Theme::of(wanted.first, wanted.second));
}

} // namespace pare
