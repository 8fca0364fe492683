#include "widgets/panels/meter.h"

#include "widgets/theme/direction.h"
#include "widgets/theme/elided.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace pare {

namespace {

QLabel *secondaryLabel(QLabel *label = new QLabel)
{
    label->setProperty("kind", "secondary");
    label->setFont(smallerFont(label->font()));
    return label;
}

} // namespace

Meter::Meter(QWidget *parent)
    : QWidget(parent)
    , m_undo(new QToolButton)
    , m_redo(new QToolButton)
    , m_measure(new QPushButton(tr("Measure")))
    , m_more(new QToolButton)
    , m_menu(new QMenu(this))
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(spacing::around, spacing::inside, spacing::around, spacing::inside);
    line->setSpacing(spacing::around * 3);
    addCell(line, m_cells[0], "size");
    addCell(line, m_cells[1], "metric");
    addCell(line, m_cells[2], "latency");
    addButtons(line);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setData({});
}

void Meter::addCell(QHBoxLayout *line, Cell &cell, const char *name)
{
    cell.title = secondaryLabel(new ElidedLabel);
    cell.title->setAlignment(readingSide() | Qt::AlignVCenter);
    cell.title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    cell.kind = new QLabel;
    cell.kind->setProperty("kind", "badge");
    cell.kind->setFont(smallerFont(cell.kind->font()));
    cell.value = new QLabel;
    cell.value->setObjectName(QLatin1String(name) + QStringLiteral("Value"));
    cell.value->setFont(heavierFont(largeFont(font())));
    cell.unit = secondaryLabel();
    cell.unit->setObjectName(QLatin1String(name) + QStringLiteral("Unit"));
    cell.remark = secondaryLabel(new ElidedLabel);
    cell.remark->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    cell.remark->setObjectName(QLatin1String(name) + QStringLiteral("Remark"));
    cell.remark->setAlignment((readingSide() == Qt::AlignLeft ? Qt::AlignRight : Qt::AlignLeft) |
                              Qt::AlignVCenter);
    cell.bar = new MeterBar;

    auto *top = new QHBoxLayout;
    top->setSpacing(spacing::inside);
    top->addWidget(cell.title, 1);
    top->addWidget(cell.kind);
    auto *number = new QWidget;
    number->setLayoutDirection(Qt::LeftToRight); // a unit stands after its number everywhere
    auto *both = new QHBoxLayout(number);
    both->setContentsMargins(0, 0, 0, 0);
    both->setSpacing(spacing::inside);
    both->addWidget(cell.value);
    both->addWidget(cell.unit, 0, Qt::AlignVCenter);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(spacing::inside);
    middle->addWidget(number);
    middle->addWidget(cell.remark, 1);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addLayout(top);
    column->addLayout(middle);
    column->addWidget(cell.bar);
    line->addLayout(column, 1);
}

void Meter::addButtons(QHBoxLayout *line)
{
    m_undo->setText(QStringLiteral("\u21b6"));
    m_undo->setToolTip(tr("Undo (Ctrl+Z)"));
    m_undo->setAccessibleName(tr("Undo"));
    m_redo->setText(QStringLiteral("\u21b7"));
    m_redo->setToolTip(tr("Redo (Ctrl+Shift+Z)"));
    m_redo->setAccessibleName(tr("Redo"));
    m_measure->setObjectName(QStringLiteral("measure"));
    m_measure->setProperty("primary", true);
    m_measure->setProperty("joined", true);
    m_more->setObjectName(QStringLiteral("measureMenu"));
    m_more->setProperty("primary", true);
    m_more->setAccessibleName(tr("More to measure"));
    m_more->setToolTip(tr("Several values of a setting, the selected layers, or other data"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(m_menu);
    m_more->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Ignored); // as high as its other half
    auto *key = secondaryLabel();
    key->setText(tr("Ctrl+R"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(spacing::inside);
    buttons->addWidget(m_undo);
    buttons->addWidget(m_redo);
    buttons->addSpacing(spacing::around);
    buttons->addWidget(key);
    auto *both = new QWidget;
    both->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *measure = new QHBoxLayout(both);
    measure->setContentsMargins(0, 0, 0, 0);
    measure->setSpacing(1); // two halves of one button
    measure->addWidget(m_measure);
    measure->addWidget(m_more);
    buttons->addWidget(both);
    line->addLayout(buttons);
    connect(m_undo, &QToolButton::clicked, this, &Meter::undoRequested);
    connect(m_redo, &QToolButton::clicked, this, &Meter::redoRequested);
    connect(m_measure, &QPushButton::clicked, this, &Meter::measureRequested);
}

void Meter::showFigure(const Cell &cell, const MeterFigure &figure)
{
    cell.title->setText(isolated(figure.title));
    cell.kind->setText(figure.kind);
    cell.kind->setVisible(!figure.kind.isEmpty());
    const bool known = !figure.value.isEmpty();
    cell.kind->setProperty("quiet", !known);
    cell.kind->style()->unpolish(cell.kind);
    cell.kind->style()->polish(cell.kind);
    cell.value->setText(known ? figure.value : QStringLiteral("–"));
    cell.value->setAccessibleName(QStringLiteral("%1: %2 %3, %4. %5")
                                      .arg(figure.title, known ? figure.value : QString(),
                                           figure.unit, figure.kind, figure.remark));
    cell.unit->setText(isolated(figure.unit));
    cell.remark->setText(isolated(figure.remark));
    for (QWidget *widget : std::initializer_list<QWidget *>{cell.title, cell.kind, cell.value,
                                                            cell.unit, cell.remark, cell.bar})
        widget->setToolTip(figure.details);
    cell.bar->setData(figure.bar);
}

void Meter::setData(const MeterData &data)
{
    const bool changed =
        data.canMeasure != m_data.canMeasure || data.measureHelp != m_data.measureHelp;
    m_data = data;
    showFigure(m_cells[0], data.size);
    showFigure(m_cells[1], data.metric);
    showFigure(m_cells[2], data.latency);
    m_undo->setEnabled(data.canUndo);
    m_redo->setEnabled(data.canRedo);
    m_measure->setEnabled(data.canMeasure);
    m_measure->setToolTip(data.measureHelp);
    m_more->setProperty("quiet", !data.canMeasure); // as the button it belongs to
    m_more->style()->unpolish(m_more);
    m_more->style()->polish(m_more);
    if (changed)
        Q_EMIT measureChanged();
}

void Meter::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.line);
}

} // namespace pare
