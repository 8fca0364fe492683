#include "widgets/panels/optionspage.h"

#include "widgets/theme/familymark.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

namespace pare {

namespace {

constexpr int markSize = 9;

/// The columns of numbers, from the right.
int errorWidth(const QFont &font)
{
    return QFontMetrics(font).horizontalAdvance(QStringLiteral("100.0 %"));
}

int timeWidth(const QFont &font)
{
    return QFontMetrics(font).horizontalAdvance(QStringLiteral("\u2212999 µs"));
}

int bytesWidth(const QFont &font)
{
    return QFontMetrics(font).horizontalAdvance(QStringLiteral("1,000 kB"));
}

} // namespace

OptionButton::OptionButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void OptionButton::setRow(const OptionRow &row)
{
    m_row = row;
    setObjectName(row.step);
    setEnabled(row.enabled);
    setCursor(row.enabled ? Qt::PointingHandCursor : Qt::ArrowCursor);
    QStringList parts{row.title};
    if (!row.bytes.isEmpty())
        parts << row.bytes;
    if (!row.error.isEmpty())
        parts << tr("weight error %1").arg(row.error);
    if (row.enabled)
        parts << (row.time.isEmpty() ? tr("time not measured") : tr("%1 an answer").arg(row.time));
    setAccessibleName(parts.join(QStringLiteral(", ")));
    setAccessibleDescription(row.explanation);
    setToolTip(row.explanation.isEmpty() ? row.step : row.explanation + '\n' + row.step);
    update();
}

QSize OptionButton::sizeHint() const
{
    return {320, fontMetrics().height() + spacing::inside + 2};
}

void OptionButton::enterEvent(QEnterEvent *event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void OptionButton::leaveEvent(QEvent *event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

void OptionButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void OptionButton::paintEvent(QPaintEvent *)
{
    // The page's colours: a row that is made while its window is shown in a theme has not got them.
    const QPalette colours = parentWidget() ? parentWidget()->palette() : palette();
    const Theme theme = Theme::of(colours);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool hot = isEnabled() && (underMouse() || isDown());
    if (isEnabled()) {
        painter.setPen(QPen(hasFocus() || hot ? theme.accent : theme.line, hasFocus() ? 1.5 : 1));
        painter.setBrush(hot ? theme.selection() : theme.faint);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75), spacing::corner,
                                spacing::corner);
    }
    const QColor quiet = colours.color(QPalette::Disabled, QPalette::Text);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isEnabled() ? theme.family(m_row.family)
                                 : mixed(theme.panel, theme.family(m_row.family), 0.45));
    painter.drawPath(familyPath(
        m_row.family, QPointF(spacing::inside + markSize / 2.0, height() / 2.0), markSize));
    const QFont numbers = font();
    const QRect inside = rect().adjusted(spacing::inside, 0, -spacing::inside, 0);
    const QRect time(inside.right() - timeWidth(numbers), 0, timeWidth(numbers), height());
    const QRect error(time.left() - spacing::inside - errorWidth(numbers), 0, errorWidth(numbers),
                      height());
    const QRect bytes(error.left() - spacing::inside - bytesWidth(numbers), 0, bytesWidth(numbers),
                      height());
    const int left = inside.left() + markSize + spacing::inside;
    const QRect title(left, 0, bytes.left() - spacing::inside - left, height());
    painter.setPen(isEnabled() ? theme.text : quiet);
    painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(m_row.title, Qt::ElideRight, title.width()));
    painter.drawText(bytes, Qt::AlignRight | Qt::AlignVCenter, m_row.bytes);
    painter.setPen(isEnabled() ? theme.secondary : quiet);
    painter.drawText(error, Qt::AlignRight | Qt::AlignVCenter, m_row.error);
    painter.drawText(time, Qt::AlignRight | Qt::AlignVCenter,
                     m_row.time.isEmpty() ? QStringLiteral("\u2013") : m_row.time);
}

OptionsPage::OptionsPage(QWidget *parent)
    : QWidget(parent)
    , m_note(new QLabel)
    , m_list(new QVBoxLayout)
{
    setObjectName(QStringLiteral("optionsPage"));
    m_note->setObjectName(QStringLiteral("optionsNote"));
    m_note->setProperty("kind", "secondary");
    m_note->setWordWrap(true);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, spacing::inside, 0, 0);
    column->setSpacing(spacing::inside);
    column->addWidget(m_note);
    m_list->setSpacing(spacing::tight);
    column->addLayout(m_list);
}

void OptionsPage::setData(const OptionsPageData &data)
{
    if (data == m_data)
        return;
    m_note->setText(data.note);
    m_note->setVisible(!data.note.isEmpty());
    const bool inPlace = showInPlace(data);
    m_data = data;
    if (!inPlace)
        makeRows();
}

/// Errors come one by one: the rows stay, so that focus and pointer do too.
bool OptionsPage::showInPlace(const OptionsPageData &data)
{
    if (data.groups.size() != m_data.groups.size())
        return false;
    std::vector<OptionRow> rows;
    for (std::size_t i = 0; i < data.groups.size(); ++i) {
        if (data.groups[i].title != m_data.groups[i].title ||
            data.groups[i].rows.size() != m_data.groups[i].rows.size())
            return false;
        rows.insert(rows.end(), data.groups[i].rows.begin(), data.groups[i].rows.end());
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (m_buttons[i]->row().step != rows[i].step)
            return false;
    }
    for (std::size_t i = 0; i < rows.size(); ++i)
        m_buttons[i]->setRow(rows[i]);
    return true;
}

void OptionsPage::makeRows()
{
    m_buttons.clear();
    while (QLayoutItem *item = m_list->takeAt(0)) {
        if (QWidget *row = item->widget()) {
            row->hide();
            row->setObjectName({});
            row->deleteLater(); // a click on it may be what brought us here
        }
        delete item;
    }
    for (const OptionGroup &group : m_data.groups) {
        if (!group.title.isEmpty()) {
            auto *title = new QLabel(group.title);
            title->setProperty("kind", "secondary");
            title->setWordWrap(true);
            title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
            title->setContentsMargins(0, spacing::inside, 0, 0);
            m_list->addWidget(title);
        }
        for (const OptionRow &row : group.rows) {
            auto *button = new OptionButton;
            button->setRow(row);
            connect(button, &OptionButton::clicked, this,
                    [this, button] { Q_EMIT optionChosen(button->row().step); });
            m_list->addWidget(button);
            m_buttons.push_back(button);
        }
    }
}

} // namespace pare
