#include "widgets/panels/inspectorpanel.h"

#include "widgets/theme/theme.h"

#include <QGridLayout>
#include <QLabel>

namespace pare {

InspectorPanel::InspectorPanel(QWidget *parent)
    : QScrollArea(parent)
    , m_title(new QLabel)
    , m_lines(new QLabel)
    , m_heading(new QLabel(tr("Weights")))
    , m_histogram(new HistogramView)
    , m_note(new QLabel)
    , m_figures(new QGridLayout)
    , m_empty(new QLabel(tr("Choose a layer on the map to see its weights, before and after. "
                            "Several layers show their sums.")))
{
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_title->setObjectName(QStringLiteral("inspectorTitle"));
    m_title->setProperty("kind", "heading");
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setWordWrap(true);
    m_lines->setProperty("kind", "secondary");
    m_lines->setWordWrap(true);
    m_heading->setProperty("kind", "heading");
    for (QLabel *label : {m_note, m_empty}) {
        label->setProperty("kind", "secondary");
        label->setWordWrap(true);
    }
    for (QLabel *label : {m_title, m_lines, m_note, m_empty})
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_histogram->setMinimumHeight(150);
    m_figures->setColumnStretch(1, 1);
    m_figures->setVerticalSpacing(spacing::tight + 2);

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(spacing::around, spacing::wide, spacing::around, spacing::around);
    column->setSpacing(spacing::tight);
    column->addWidget(m_empty);
    column->addWidget(m_title);
    column->addWidget(m_lines);
    column->addSpacing(spacing::wide);
    column->addWidget(m_heading);
    column->addWidget(m_histogram);
    column->addWidget(m_note);
    column->addSpacing(spacing::inside);
    column->addLayout(m_figures);
    column->addStretch(1);
    setWidget(content);
    setData({});
}

void InspectorPanel::setData(const InspectorData &data)
{
    const bool sameFigures = data.figures == m_data.figures;
    m_data = data;
    const bool something = !data.title.isEmpty();
    m_empty->setVisible(!something);
    m_title->setText(data.title);
    m_title->setVisible(something);
    m_lines->setText(data.lines.join('\n'));
    m_lines->setVisible(something);
    m_heading->setVisible(data.histogram.has_value() || !data.histogramNote.isEmpty());
    m_histogram->setVisible(data.histogram.has_value());
    if (data.histogram)
        m_histogram->setData(*data.histogram);
    m_note->setText(data.histogramNote);
    m_note->setVisible(!data.histogramNote.isEmpty());
    if (!sameFigures)
        showFigures();
}

void InspectorPanel::showFigures()
{
    while (QLayoutItem *item = m_figures->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const auto &[name, value] : m_data.figures) {
        auto *title = new QLabel(name);
        title->setProperty("kind", "secondary");
        auto *figure = new QLabel(value);
        figure->setAlignment(Qt::AlignRight);
        figure->setTextInteractionFlags(Qt::TextSelectableByMouse);
        figure->setAccessibleName(QStringLiteral("%1: %2").arg(name, value));
        m_figures->addWidget(title, row, 0);
        m_figures->addWidget(figure, row, 1);
        ++row;
    }
}

} // namespace pare
