#include "widgets/charts/tradeoffpanel.h"

#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace pare {

TradeoffPanel::TradeoffPanel(QWidget *parent)
    : QWidget(parent)
    , m_chart(new TradeoffChart)
    , m_scale(new QComboBox)
{
    auto *title = new QLabel(tr("Size against accuracy"));
    title->setProperty("kind", "heading");
    m_scale->setAccessibleName(tr("How the size is scaled"));
    m_scale->addItem(tr("Size: logarithmic"), static_cast<int>(AxisScale::Logarithmic));
    m_scale->addItem(tr("Size: linear"), static_cast<int>(AxisScale::Linear));
    auto *save = new QToolButton;
    save->setText(tr("Save picture…"));
    save->setAutoRaise(true);

    auto *head = new QFrame;
    head->setProperty("kind", "panelhead");
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(spacing::around, spacing::inside, spacing::around, 0);
    line->setSpacing(spacing::inside);
    line->addWidget(title, 1);
    line->addWidget(m_scale);
    line->addWidget(save);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_chart, 1);

    connect(m_scale, &QComboBox::currentIndexChanged, this, [this] { setData(m_chart->data()); });
    connect(save, &QToolButton::clicked, this, &TradeoffPanel::exportRequested);
}

void TradeoffPanel::setData(TradeoffData data)
{
    data.x.scale = static_cast<AxisScale>(m_scale->currentData().toInt());
    m_chart->setData(data);
}

} // namespace pare
