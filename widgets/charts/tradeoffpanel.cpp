#include "widgets/charts/tradeoffpanel.h"

#include "widgets/charts/familylegend.h"
#include "widgets/theme/elided.h"
#include "widgets/theme/emptystate.h"
#include "widgets/theme/familymark.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <algorithm>

namespace pare {

namespace {

QComboBox *axisChoice(const QString &name, const QString &spoken)
{
    auto *box = new ElidedComboBox;
    box->setObjectName(name);
    box->setAccessibleName(spoken);
    box->setToolTip(spoken);
    box->setMinimumContentsLength(6);
    box->setMaximumWidth(box->fontMetrics().averageCharWidth() * 28);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    return box;
}

void add(QComboBox *box, const QString &title, RunQuantity quantity, const QString &help = {})
{
    box->addItem(title, static_cast<int>(quantity));
    box->setItemData(box->count() - 1, help, Qt::ToolTipRole);
}

/// The family's mark, pale while it is switched off.
QIcon switchIcon(Family family, const Theme &theme)
{
    Theme pale = theme;
    QColor &colour = pale.families[static_cast<std::size_t>(family)];
    colour = mixed(theme.panel, colour, 0.35);
    QIcon icon;
    for (const int size : {16, 32, 48}) {
        icon.addPixmap(familyIcon(family, theme).pixmap(size), QIcon::Normal, QIcon::On);
        icon.addPixmap(familyIcon(family, pale).pixmap(size), QIcon::Normal, QIcon::Off);
    }
    return icon;
}

} // namespace

TradeoffPanel::TradeoffPanel(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_chart(new TradeoffChart)
    , m_empty(new EmptyState(name + QStringLiteral("Empty")))
    , m_x(axisChoice(name + QStringLiteral("X"), tr("What the horizontal axis shows")))
    , m_y(axisChoice(name + QStringLiteral("Y"), tr("What the vertical axis shows")))
    , m_scale(new QAction(this))
    , m_families(new QToolButton)
    , m_legend(new FamilyLegend)
    , m_familyMenu(new QMenu(this))
{
    setAttribute(Qt::WA_StyledBackground);
    add(m_x, tr("Size"), RunQuantity::Bytes);
    add(m_x, tr("Time"), RunQuantity::Milliseconds);
    add(m_x, tr("Multiply-adds"), RunQuantity::MultiplyAdds);
    add(m_x, tr("Parameters"), RunQuantity::Parameters);
    add(m_y, tr("Accuracy"), RunQuantity::Metric);
    add(m_y, tr("Loyalty"), RunQuantity::LabelLoyalty,
        tr("The same answers as the original, % of the examples"));
    add(m_y, tr("Probability loyalty"), RunQuantity::ProbabilityLoyalty,
        tr("How near the probabilities are to the original's; 100 %: the same"));
    m_scale->setObjectName(name + QStringLiteral("Log"));
    m_scale->setText(tr("Logarithmic"));
    m_scale->setToolTip(tr("Equal steps are equal ratios"));
    m_scale->setCheckable(true);
    m_scale->setChecked(true);
    m_familyMenu->addAction(m_scale);
    m_familyMenu->addSeparator();
    m_families->setObjectName(name + QStringLiteral("Families"));
    m_families->setText(tr("Show"));
    m_families->setToolTip(tr("How the size is scaled, and which families are on the chart"));
    m_families->setPopupMode(QToolButton::InstantPopup);
    m_families->setMenu(m_familyMenu);
    auto *save = new QToolButton;
    save->setObjectName(name + QStringLiteral("Save"));
    save->setIcon(QIcon(QStringLiteral(":/pare/theme/icons/save.svg")));
    save->setAccessibleName(tr("Save…"));
    save->setToolTip(tr("Save the chart as PNG, SVG or PDF, or its figures as CSV"));
    save->setAutoRaise(true);

    auto *head = new QFrame;
    head->setProperty("kind", "panelhead");
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(spacing::around, spacing::inside, spacing::around, 0);
    line->setSpacing(spacing::inside);
    line->addWidget(m_x, 40);
    line->addWidget(m_y, 50);
    line->addStretch(1); // once both are as wide as their longest words
    line->addWidget(m_families);
    line->addWidget(save);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_legend);
    column->addWidget(m_chart, 1);
    column->addWidget(m_empty, 1);
    setEmpty({}, {});
    m_empty->hide();
    connect(m_empty, &EmptyState::actionRequested, this, &TradeoffPanel::emptyActionRequested);

    connect(m_x, &QComboBox::currentIndexChanged, this, &TradeoffPanel::axesChanged);
    connect(m_y, &QComboBox::currentIndexChanged, this, &TradeoffPanel::axesChanged);
    connect(m_scale, &QAction::toggled, this, [this] { setData(m_data); });
    connect(save, &QToolButton::clicked, this, &TradeoffPanel::exportRequested);
}

TradeoffAxes TradeoffPanel::axes() const
{
    return {static_cast<RunQuantity>(m_x->currentData().toInt()),
            static_cast<RunQuantity>(m_y->currentData().toInt())};
}

void TradeoffPanel::setAxes(TradeoffAxes axes)
{
    m_x->setCurrentIndex(m_x->findData(static_cast<int>(axes.x)));
    m_y->setCurrentIndex(m_y->findData(static_cast<int>(axes.y)));
}

void TradeoffPanel::setData(TradeoffData data)
{
    showFamilies(data);
    m_data = data;
    data.x.scale = m_scale->isChecked() ? AxisScale::Logarithmic : AxisScale::Linear;
    std::erase_if(data.points, [this](const TradeoffPoint &point) {
        return !point.pinned && !point.families.empty() && m_hidden.contains(point.families.back());
    });
    m_chart->setData(data);
    const bool nothing = m_data.points.empty() && !m_data.current;
    m_chart->setVisible(!nothing);
    m_empty->setVisible(nothing);
}

void TradeoffPanel::setEmpty(const QString &why, const QString &action)
{
    m_empty->setText(why.isEmpty() ? tr("Nothing measured yet. Every run becomes a point here.")
                                   : why);
    m_empty->setAction(action);
}

/// The families that occur, each with a switch.
void TradeoffPanel::showFamilies(const TradeoffData &data)
{
    std::set<Family> families;
    for (const TradeoffPoint &point : data.points) {
        if (!point.families.empty())
            families.insert(point.families.back());
    }
    QList<QAction *> &actions = m_familyActions;
    if (actions.size() == static_cast<qsizetype>(families.size()) &&
        std::ranges::equal(actions, families, {}, [](const QAction *action) {
            return static_cast<Family>(action->data().toInt());
        }))
        return;
    qDeleteAll(actions);
    actions.clear();
    for (const Family family : families) {
        QAction *action =
            m_familyMenu->addAction(QCoreApplication::translate("core", titleOf(family)));
        actions << action;
        action->setData(static_cast<int>(family));
        action->setToolTip(tr("Shows or hides %1").arg(action->text()));
        action->setCheckable(true);
        action->setChecked(!m_hidden.contains(family));
        connect(action, &QAction::toggled, this, [this, family](bool shown) {
            if (shown)
                m_hidden.erase(family);
            else
                m_hidden.insert(family);
            setData(m_data);
        });
    }
    showMarks();
    m_legend->setFamilies(actions);
}

void TradeoffPanel::showMarks()
{
    const Theme theme = Theme::of(palette());
    for (QAction *action : m_familyActions) {
        action->setIconVisibleInMenu(false); // there a box is checked
        action->setIcon(switchIcon(static_cast<Family>(action->data().toInt()), theme));
    }
}

void TradeoffPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showMarks();
}

} // namespace pare
