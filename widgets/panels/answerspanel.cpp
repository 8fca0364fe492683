#include "widgets/panels/answerspanel.h"

#include "widgets/panels/closebutton.h"
#include "widgets/panels/valueview.h"
#include "widgets/theme/elided.h"
#include "widgets/theme/emptystate.h"
#include "widgets/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

namespace pare {

namespace {

constexpr std::size_t askedAtOnce = 20; // answers, where none is selected

} // namespace

AnswersPanel::AnswersPanel(QWidget *parent)
    : QWidget(parent)
    , m_summary(new QLabel)
    , m_kind(new ElidedComboBox)
    , m_filter(new QLineEdit)
    , m_ask(new QPushButton(tr("Which layers?")))
    , m_warnings(new QLabel)
    , m_table(new ValueView(QStringLiteral("answers")))
    , m_detail(new QLabel)
    , m_placeholder(new EmptyState(QStringLiteral("answersPlaceholder")))
{
    setAttribute(Qt::WA_StyledBackground);
    m_table->setAccessibleName(tr("Changed answers"));
    m_table->setWideColumn(0);
    m_table->setTogether(4); // up to what the run answers now
    m_warnings->setObjectName(QStringLiteral("answersWarnings"));
    m_warnings->setProperty("kind", "problem");
    m_warnings->setWordWrap(true);
    m_warnings->setContentsMargins(spacing::around, 0, spacing::around, spacing::tight);
    m_detail->setObjectName(QStringLiteral("answerDetail"));
    m_detail->setWordWrap(true);
    m_detail->setTextFormat(Qt::PlainText);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_detail->setContentsMargins(spacing::around, spacing::inside, spacing::around,
                                 spacing::inside);
    connect(m_placeholder, &EmptyState::actionRequested, this, &AnswersPanel::fillRequested);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(m_warnings);
    column->addWidget(m_table, 1);
    column->addWidget(m_detail);
    column->addWidget(m_placeholder, 1);
    connect(m_table, &ValueView::selectedRowsChanged, this, [this] {
        showDetail();
        nameLayers();
    });
    showRows();
}

QWidget *AnswersPanel::makeHead()
{
    m_summary->setObjectName(QStringLiteral("answersSummary"));
    m_summary->setProperty("kind", "secondary");
    m_summary->setWordWrap(true);
    m_kind->setObjectName(QStringLiteral("answersKind"));
    m_kind->setAccessibleName(tr("Which changed answers"));
    m_kind->setToolTip(m_kind->accessibleName());
    m_kind->setMinimumContentsLength(6);
    m_filter->setObjectName(QStringLiteral("answersFilter"));
    m_filter->setAccessibleName(tr("Filter the answers"));
    m_filter->setPlaceholderText(tr("Words or labels"));
    m_filter->setToolTip(tr("Only answers whose text or labels hold these words"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(fontMetrics().averageCharWidth() * 16);
    m_ask->setObjectName(QStringLiteral("answersBlame"));
    auto *head = new QFrame;
    head->setProperty("kind", "panelhead");
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(spacing::around, spacing::tight, spacing::inside, spacing::tight);
    column->setSpacing(spacing::tight);
    auto *top = new QHBoxLayout;
    top->addWidget(m_summary, 1);
    top->addStretch(0);
    auto *close = closeButton(tr("Close the changed answers"), this);
    top->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, &AnswersPanel::closeRequested);
    column->addLayout(top);
    auto *line = new QHBoxLayout;
    line->setSpacing(spacing::inside);
    line->addWidget(m_kind);
    line->addWidget(m_filter, 1);
    line->addWidget(m_ask);
    column->addLayout(line);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_table->rows()->setGroup(index > 0 ? std::optional(index - 1) : std::nullopt);
    });
    connect(m_filter, &QLineEdit::textChanged, m_table->rows(), &ValueProxy::setWords);
    connect(m_ask, &QPushButton::clicked, this, &AnswersPanel::ask);
    return head;
}

void AnswersPanel::setData(const AnswersData &data)
{
    if (data == m_data)
        return;
    const bool otherKinds = data.kinds != m_data.kinds;
    m_data = data;
    if (otherKinds) {
        m_kind->clear();
        m_kind->addItem(tr("All"));
        m_kind->addItems(data.kinds);
    }
    m_table->setData(data.table);
    showRows();
    nameLayers(); // those that were asked after are known now
}

void AnswersPanel::nameLayers()
{
    QStringList layers;
    for (const std::size_t row : m_table->selectedRows())
        layers << m_data.answers[row].layers;
    layers.removeDuplicates();
    if (!layers.isEmpty())
        Q_EMIT layersNamed(layers);
}

void AnswersPanel::showRows()
{
    const bool some = !m_data.answers.empty();
    m_summary->setText(m_data.summary);
    m_summary->setVisible(!m_data.summary.isEmpty());
    m_kind->setVisible(some);
    m_filter->setVisible(some);
    m_ask->setVisible(some);
    m_ask->setEnabled(m_data.cannotBlame.isEmpty());
    m_ask->setToolTip(
        m_data.cannotBlame.isEmpty()
            ? tr("Runs the model with each layer put back as it was, for the selected answers, or "
                 "for the first %1, and sees which bring the old answer back")
                  .arg(askedAtOnce)
            : m_data.cannotBlame);
    m_warnings->setText(m_data.warning);
    m_warnings->setToolTip(m_data.warnings.join('\n'));
    m_warnings->setVisible(!m_data.warning.isEmpty());
    m_table->setVisible(some);
    m_placeholder->setText(m_data.placeholder);
    m_placeholder->setAction(m_data.fill);
    m_placeholder->setVisible(!some);
    showDetail();
}

void AnswersPanel::showDetail()
{
    const std::vector<std::size_t> rows = m_table->selectedRows();
    m_detail->setVisible(rows.size() == 1);
    if (rows.size() != 1)
        return;
    const ChangedAnswer &answer = m_data.answers[rows.front()];
    QStringList lines{answer.text, answer.answers, answer.blame};
    lines.removeAll(QString());
    m_detail->setText(lines.join('\n'));
}

void AnswersPanel::ask()
{
    std::vector<std::size_t> examples;
    for (const std::size_t row : m_table->selectedRows())
        examples.push_back(m_data.answers[row].example);
    const ValueProxy *rows = m_table->rows();
    for (int row = 0;
         m_table->selectedRows().empty() && row < rows->rowCount() && examples.size() < askedAtOnce;
         ++row) {
        const auto source = static_cast<std::size_t>(rows->mapToSource(rows->index(row, 0)).row());
        examples.push_back(m_data.answers[source].example);
    }
    if (!examples.empty())
        Q_EMIT blameRequested(examples);
}

} // namespace pare
