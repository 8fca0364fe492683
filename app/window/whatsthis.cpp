#include "app/window/whatsthis.h"

#include "app/window/helppages.h"
#include "widgets/layermap/layermap.h"
#include "widgets/layermap/layerwords.h"

#include <QApplication>
#include <QEvent>
#include <QHelpEvent>
#include <QRegularExpression>
#include <QTextDocument>
#include <QWhatsThis>
#include <QWidget>

namespace pare {

namespace {

/// Of the control, or of what it is a part of.
QString nearestToolTip(const QWidget *widget)
{
    for (; widget && !widget->isWindow(); widget = widget->parentWidget()) {
        if (!widget->toolTip().isEmpty())
            return widget->toolTip();
    }
    return {};
}

/// The first paragraph below its heading, without Markdown's signs.
QString beginningOf(const QString &page)
{
    QString text = helpText(page).section(QStringLiteral("\n\n"), 1, 1);
    static const QRegularExpression link(QStringLiteral("\\[([^\\]]*)\\]\\([^)]*\\)"));
    text.replace(link, QStringLiteral("\\1"));
    return text.remove('*').remove('`').simplified();
}

/// Empty where no layer stands.
QString layerText(const QWidget *widget, const QPoint &place)
{
    const auto *map = qobject_cast<const LayerMap *>(widget->parentWidget());
    if (!map || widget != map->viewport())
        return {};
    const std::vector<LayerMapCell> &cells = map->data().cells;
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        if (map->cellRect(cell).contains(place))
            return toolTipText(map->data(), cells[cell]) + QStringLiteral("<br>") +
                   purposeText(cells[cell].role).toHtmlEscaped();
    }
    return {};
}

} // namespace

QString whatsThisText(const QWidget *widget, const QPoint &place)
{
    const QString page = helpPageFor(widget);
    QString text = layerText(widget, place);
    if (text.isEmpty())
        text = nearestToolTip(widget);
    if (text.isEmpty())
        text = beginningOf(page);
    if (!Qt::mightBeRichText(text))
        text = text.toHtmlEscaped().replace('\n', QStringLiteral("<br>"));
    return QStringLiteral("<p>%1</p><p><a href=\"%2\">%3</a></p>")
        .arg(text, page, WhatsThis::tr("Help: %1").arg(helpTitle(page).toHtmlEscaped()));
}

WhatsThis::WhatsThis(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    qApp->installEventFilter(this);
}

bool WhatsThis::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type != QEvent::QueryWhatsThis && type != QEvent::WhatsThis &&
        type != QEvent::WhatsThisClicked)
        return false;
    auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget || (widget != m_window && !m_window->isAncestorOf(widget)))
        return false;
    if (type == QEvent::WhatsThis) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QWhatsThis::showText(help->globalPos(), whatsThisText(widget, help->pos()), widget);
    }
    if (type == QEvent::WhatsThisClicked) {
        QWhatsThis::hideText();
        Q_EMIT pageRequested(static_cast<QWhatsThisClickedEvent *>(event)->href());
    }
    event->accept();
    return true;
}

} // namespace pare
