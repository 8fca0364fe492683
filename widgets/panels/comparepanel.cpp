#include "widgets/panels/comparepanel.h"

#include "widgets/panels/closebutton.h"
#include "widgets/panels/valueview.h"
#include "widgets/theme/elided.h"
#include "widgets/theme/emptystate.h"
#include "widgets/theme/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>

namespace pare {

ComparePanel::ComparePanel(QWidget *parent)
    : QWidget(parent)
    , m_head(new QWidget)
    , m_runs(new QGridLayout(m_head))
    , m_state(new QLabel)
    , m_empty(new EmptyState(QStringLiteral("compareEmpty")))
    , m_filter(new QLineEdit)
    , m_tabs(new QTabWidget)
    , m_layers(new ValueView(QStringLiteral("compareLayers")))
    , m_answers(new ValueView(QStringLiteral("compareAnswers")))
{
    setAttribute(Qt::WA_StyledBackground);
    m_runs->setContentsMargins(spacing::around, spacing::inside, spacing::around, spacing::tight);
    m_runs->setHorizontalSpacing(spacing::around);
    m_runs->setVerticalSpacing(spacing::tight);
    m_state->setObjectName(QStringLiteral("compareState"));
    m_state->setProperty("kind", "secondary");
    m_state->setWordWrap(true);
    m_state->setContentsMargins(spacing::around, 0, spacing::around, spacing::tight);
    m_layers->setAccessibleName(tr("Layers of the compared runs"));
    m_answers->setAccessibleName(tr("Answers that differ between the runs"));
    m_layers->setTextElideMode(Qt::ElideMiddle); // names begin alike
    m_answers->setWideColumn(0);
    m_filter->setObjectName(QStringLiteral("compareFilter"));
    m_filter->setAccessibleName(tr("Filter layers and answers"));
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setToolTip(tr("Only rows that hold these words"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(200);
    m_tabs->setObjectName(QStringLiteral("compareTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Compared runs"));
    m_tabs->tabBar()->setAccessibleName(tr("Compared runs"));
    m_tabs->addTab(m_layers, tr("Layers"));
    m_tabs->addTab(m_answers, tr("Answers"));
    m_tabs->setCornerWidget(m_filter);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(0, 0, 0, 0);
    head->addWidget(m_head, 1);
    head->addStretch(0);
    auto *close = closeButton(tr("Close the comparison"), this);
    head->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, &ComparePanel::closeRequested);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_state);
    column->addWidget(m_empty, 1);
    column->addWidget(m_tabs, 1);
    connect(m_filter, &QLineEdit::textChanged, m_layers->rows(), &ValueProxy::setWords);
    connect(m_filter, &QLineEdit::textChanged, m_answers->rows(), &ValueProxy::setWords);
    connect(m_layers, &ValueView::selectedRowsChanged, this, [this] {
        QStringList names;
        for (const std::size_t row : m_layers->selectedRows())
            names << m_data.layerNames.value(static_cast<qsizetype>(row));
        if (!names.isEmpty())
            Q_EMIT layersNamed(names);
    });
    connect(m_empty, &EmptyState::actionRequested, this, &ComparePanel::fillRequested);
    m_data.state = tr("Select two or more runs and press Ctrl+D.");
    showRuns();
}

void ComparePanel::setData(const CompareData &data)
{
    if (data == m_data)
        return;
    m_data = data;
    showRuns();
    m_layers->setData(data.layers);
    m_answers->setData(data.answers);
    m_tabs->setTabText(1, data.answersTitle.isEmpty() ? tr("Answers") : data.answersTitle);
}

void ComparePanel::showRuns()
{
    while (QLayoutItem *item = m_runs->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (std::size_t i = 0; i < m_data.runs.size(); ++i) {
        const ComparedRun &run = m_data.runs[i];
        const int row = static_cast<int>(i);
        auto *number = new QLabel(run.number);
        number->setProperty("kind", "badge");
        auto *title = new ElidedLabel(run.title);
        title->setToolTip(run.title);
        title->setProperty("kind", "heading");
        auto *figures = new ElidedLabel(run.figures);
        figures->setToolTip(run.figures);
        figures->setProperty("kind", "secondary");
        // It begins with what matters; in a narrow panel the tables below need the room of its rest.
        auto *verdict = new ElidedLabel(run.verdict);
        verdict->setObjectName(QStringLiteral("compareVerdict%1").arg(row));
        verdict->setToolTip(run.verdict);
        m_runs->addWidget(number, 2 * row, 0);
        m_runs->addWidget(title, 2 * row, 1);
        m_runs->addWidget(figures, 2 * row, 2);
        verdict->setVisible(!run.verdict.isEmpty());
        m_runs->addWidget(verdict, 2 * row + 1, 1, 1, 2);
    }
    m_runs->setColumnStretch(2, 1);
    m_head->setVisible(!m_data.runs.empty());
    QStringList state{m_data.state, m_data.withoutTexts};
    state.removeAll(QString());
    m_state->setText(state.join('\n'));
    m_state->setVisible(!state.isEmpty() && !m_data.runs.empty());
    m_tabs->setVisible(!m_data.runs.empty());
    m_empty->setVisible(m_data.runs.empty());
    m_empty->setText(m_state->text());
    m_empty->setAction(m_data.fill);
}

} // namespace pare
