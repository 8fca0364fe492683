#include "widgets/panels/budgetpanel.h"

#include "widgets/theme/elided.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QTableWidget>
#include <cmath>

namespace pare {

namespace {

enum Kind { Bytes, Accuracy, Milliseconds };

QLabel *sentence(const char *kind, const char *name)
{
    auto *label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setProperty("kind", kind);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// "encoder.5.attention.query" as "5 query": what tells layers of a narrow table apart.
QString shortLayerName(const QString &name)
{
    const QStringList parts = name.split('.');
    bool inBlock = false;
    if (parts.size() > 2)
        parts[1].toInt(&inBlock);
    return inBlock ? parts[1] + ' ' + parts.last() : name;
}

} // namespace

BudgetPanel::BudgetPanel(QWidget *parent)
    : QWidget(parent)
    , m_kind(new ElidedComboBox)
    , m_limit(new QDoubleSpinBox)
    , m_lock(new QCheckBox)
    , m_search(new QPushButton(tr("Find")))
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_doing(sentence("secondary", "budgetDoing"))
    , m_range(sentence("problem", "budgetRange"))
    , m_headline(sentence("heading", "budgetHeadline"))
    , m_proof(sentence("secondary", "budgetProof"))
    , m_problem(sentence("problem", "budgetProblem"))
    , m_table(new QTableWidget)
    , m_strength(new QSlider(Qt::Horizontal))
    , m_strengthLine(new QWidget)
    , m_apply(new QPushButton(tr("Use it")))
    , m_measure(new QPushButton(tr("Use and measure")))
{
    setAttribute(Qt::WA_StyledBackground);
    m_kind->setObjectName(QStringLiteral("budgetKind"));
    m_kind->setAccessibleName(tr("What is limited"));
    m_kind->setToolTip(tr("What the recipe that is looked for must keep to"));
    m_kind->setMinimumContentsLength(12);
    m_kind->addItem(tr("File of at most"));
    m_kind->addItem(tr("Accuracy of at least"));
    m_kind->addItem(tr("An answer in at most"));
    m_limit->setObjectName(QStringLiteral("budgetLimit"));
    m_limit->setAccessibleName(tr("Limit"));
    m_limit->setKeyboardTracking(true);
    // Its range is wider than any limit, and Cancel is wider than Find: the panel must not grow.
    m_limit->setMinimumWidth(fontMetrics().averageCharWidth() * 14);
    m_limit->installEventFilter(this);
    m_search->setObjectName(QStringLiteral("budgetSearch"));
    m_search->setProperty("primary", true);
    m_cancel->setObjectName(QStringLiteral("budgetCancel"));
    m_cancel->setToolTip(tr("Stops the search; what layers have told stays known"));
    m_cancel->hide();
    m_doing->hide();
    m_lock->setObjectName(QStringLiteral("budgetLock"));
    m_lock->setToolTip(tr("What is chosen on the map stays as it is; the others lose something"));
    m_apply->setObjectName(QStringLiteral("budgetApply"));
    m_apply->setToolTip(tr("It becomes the recipe; undo brings back the one there was"));
    m_measure->setObjectName(QStringLiteral("budgetMeasure"));
    m_measure->setToolTip(tr("It becomes the recipe and is measured on the data file"));
    m_table->setObjectName(QStringLiteral("budgetReasons"));
    m_table->setAccessibleName(tr("What each layer gets, and why"));
    m_table->setColumnCount(5);
    m_table->setHorizontalHeaderLabels(
        {tr("Layer"), tr("gets"), tr("next best"), tr("bytes"), tr("answers")});
    for (int column : {3, 4})
        m_table->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_table->horizontalHeaderItem(3)->setToolTip(tr("What the file would grow by then"));
    m_table->horizontalHeaderItem(4)->setToolTip(tr("How many answers more would change then"));
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + spacing::tight);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Fixed);
    m_table->viewport()->installEventFilter(this);
    m_table->setTextElideMode(Qt::ElideLeft); // the end of a name tells layers apart

    m_strength->setObjectName(QStringLiteral("budgetStrength"));
    m_strength->setAccessibleName(tr("Other sizes"));
    m_strength->setInvertedAppearance(true);
    m_strength->setInvertedControls(true);
    m_strength->setToolTip(tr("From the model as it is to the smallest file, each layer by what it "
                              "was measured to lose"));
    auto *strength = new QHBoxLayout(m_strengthLine);
    strength->setContentsMargins(0, 0, 0, 0);
    strength->setSpacing(spacing::inside);
    strength->addWidget(new QLabel(tr("Other sizes")));
    strength->addWidget(m_strength, 1);
    auto *question = new QHBoxLayout;
    question->setSpacing(spacing::inside);
    question->addWidget(m_limit, 1);
    question->addWidget(m_search);
    question->addWidget(m_cancel);
    auto *answers = new QHBoxLayout;
    answers->setSpacing(spacing::inside);
    answers->addWidget(m_apply);
    answers->addWidget(m_measure);
    answers->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::around, spacing::inside, spacing::around, spacing::inside);
    column->setSpacing(spacing::inside);
    column->addWidget(m_kind);
    column->addLayout(question);
    column->addWidget(m_range);
    column->addWidget(m_doing);
    column->addWidget(m_lock);
    column->addWidget(m_problem);
    column->addWidget(m_headline);
    column->addWidget(m_strengthLine);
    column->addLayout(answers);
    column->addWidget(m_proof);
    column->addWidget(m_table, 1);
    m_rest = new QWidget; // takes the room that the table leaves
    column->addWidget(m_rest, 1);

    connect(m_kind, &QComboBox::currentIndexChanged, this, &BudgetPanel::showKind);
    connect(m_limit, &QDoubleSpinBox::valueChanged, this, &BudgetPanel::checkLimit);
    connect(m_search, &QPushButton::clicked, this, [this] {
        Q_EMIT searchRequested(target(), m_lock->isEnabled() && m_lock->isChecked());
    });
    connect(m_cancel, &QPushButton::clicked, this, &BudgetPanel::cancelRequested);
    connect(m_strength, &QSlider::valueChanged, this, &BudgetPanel::strengthChosen);
    connect(m_apply, &QPushButton::clicked, this, &BudgetPanel::applyRequested);
    connect(m_measure, &QPushButton::clicked, this, &BudgetPanel::measureRequested);
    connect(m_table, &QTableWidget::currentCellChanged, this, [this](int row) {
        if (row >= 0)
            Q_EMIT layerChosen(m_table->item(row, 0)->toolTip());
    });
    setFocusProxy(m_limit);
    showKind();
    setData({});
}

void BudgetPanel::showKind()
{
    const QSignalBlocker blocker(m_limit);
    // The field takes any number: a digit that was refused would not say why. checkLimit() does.
    m_limit->setRange(0, 999'999);
    m_limit->setSpecialValueText({});
    switch (m_kind->currentIndex()) {
    case Bytes:
        if (m_megabytes <= 0) // in place of 0
            m_limit->setSpecialValueText(QStringLiteral("\u2013"));
        m_limit->setSuffix(tr(" MB"));
        m_limit->setDecimals(m_megabytes < 20 ? 2 : 1);
        m_lowest = 0.01;
        m_highest = m_megabytes;
        m_limit->setSingleStep(m_megabytes / 50);
        m_limit->setValue(m_megabytes / 3);
        break;
    case Accuracy:
        m_limit->setSuffix(tr(" %"));
        m_limit->setDecimals(1);
        m_lowest = 0;
        m_highest = 100;
        m_limit->setSingleStep(0.5);
        m_limit->setValue(90);
        break;
    case Milliseconds:
        m_limit->setSuffix(tr(" ms"));
        m_limit->setDecimals(2);
        m_lowest = 0.01;
        m_highest = m_milliseconds > 0 ? m_milliseconds : m_limit->maximum();
        m_limit->setSingleStep(m_milliseconds > 0 ? m_milliseconds / 50 : 0.1);
        m_limit->setValue(m_milliseconds > 0 ? m_milliseconds * 0.8 : 1);
        break;
    }
    m_limit->setToolTip(tr("From %1 to %2%3")
                            .arg(numberText(m_lowest, m_limit->decimals()),
                                 numberText(m_highest, m_limit->decimals()), m_limit->suffix()));
    checkLimit();
}

/// Says in place what is wrong with the number that stands in the field.
void BudgetPanel::checkLimit()
{
    const double step = std::pow(10.0, -m_limit->decimals()); // as precisely as it can be typed
    const double value = m_limit->value();
    const auto text = [this](double limit) {
        return numberText(limit, m_limit->decimals()) + m_limit->suffix();
    };
    QString problem;
    if (!m_canSearch) // it is said why; nothing is typed
        problem.clear();
    else if (value < m_lowest - step / 2)
        problem = tr("At least %1").arg(text(m_lowest));
    else if (value > m_highest + step / 2)
        problem = m_kind->currentIndex() == Accuracy
                      ? tr("At most %1").arg(text(m_highest))
                      : tr("At most %1, as the model is now").arg(text(m_highest));
    m_range->setText(problem);
    m_range->setVisible(!problem.isEmpty());
    m_search->setEnabled(m_canSearch && problem.isEmpty() && m_doing->isHidden());
    m_search->setToolTip(problem.isEmpty() ? m_help : problem);
}

void BudgetPanel::setSearching(const QString &doing)
{
    m_doing->setText(doing);
    m_doing->setToolTip(doing);
    const bool searching = !doing.isEmpty();
    if (searching != m_doing->isHidden())
        return;
    const bool focused = m_search->hasFocus() || m_cancel->hasFocus();
    m_doing->setVisible(searching);
    (searching ? m_search : m_cancel)->hide(); // first: side by side they would widen the window
    (searching ? m_cancel : m_search)->show();
    checkLimit();
    if (focused) // it hides with the button
        (searching ? m_cancel : m_search)->setFocus();
}

void BudgetPanel::setOriginal(double megabytes, double milliseconds)
{
    // A limit that was typed stays where it is not measured by what changed.
    const bool other = m_kind->currentIndex() == Bytes          ? megabytes != m_megabytes
                       : m_kind->currentIndex() == Milliseconds ? milliseconds != m_milliseconds
                                                                : false;
    m_megabytes = megabytes;
    m_milliseconds = milliseconds;
    if (other)
        showKind();
}

QString BudgetPanel::target() const
{
    const QString value = QString::number(m_limit->value(), 'f', m_limit->decimals());
    switch (m_kind->currentIndex()) {
    case Accuracy:
        return QStringLiteral("accuracy>=%1%").arg(value);
    case Milliseconds:
        return QStringLiteral("latency<=%1ms").arg(value);
    default:
        return QStringLiteral("bytes<=%1MB").arg(value);
    }
}

void BudgetPanel::setData(const BudgetPanelData &data)
{
    m_canSearch = data.canSearch;
    m_help = data.help;
    m_kind->setEnabled(m_canSearch);
    m_limit->setEnabled(m_canSearch);
    checkLimit();
    m_lock->setVisible(data.selected > 0);
    m_lock->setText(data.selected == 1 ? tr("Leave the chosen layer alone")
                                       : tr("Leave the %1 chosen layers alone").arg(data.selected));
    m_problem->setText(data.problem);
    m_problem->setVisible(!data.problem.isEmpty());
    const bool nothing = data.headline.isEmpty();
    m_headline->setText(data.headline);
    m_headline->setVisible(!nothing);
    m_proof->setText(
        nothing && !data.canSearch ? data.help
        : nothing && data.problem.isEmpty()
            ? tr("Every layer is asked what it loses to 8, 6, 5, 4, 3 and 2 bits and to "
                 "half its rank; then the best of all choices is computed, with proof. "
                 "Nothing changes until you use it.")
            : data.proof);
    m_proof->setVisible(!m_proof->text().isEmpty());
    fillTable(data.rows);
    {
        const QSignalBlocker blocker(m_strength);
        m_strength->setRange(0, qMax(0, data.strengths - 1));
        if (data.strength >= 0)
            m_strength->setValue(data.strength);
    }
    m_strengthLine->setVisible(data.strengths > 1);
    m_table->setVisible(!data.rows.empty());
    m_rest->setVisible(data.rows.empty());
    m_apply->setVisible(!nothing);
    m_measure->setVisible(!nothing);
}

/// Panels are given their values with every move of a slider: the same rows stay as they are, with
/// what is chosen among them.
void BudgetPanel::fillTable(const std::vector<BudgetRow> &rows)
{
    if (rows == m_rows)
        return;
    m_rows = rows;
    const QSignalBlocker blocker(m_table);
    m_table->setRowCount(static_cast<int>(rows.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const BudgetRow &one = rows[static_cast<std::size_t>(row)];
        const QString texts[] = {one.layer, one.chosen, one.nextBest, one.bytes, one.changed};
        for (int column = 0; column < m_table->columnCount(); ++column) {
            auto *item =
                new QTableWidgetItem(column == 0 ? shortLayerName(one.layer) : texts[column]);
            if (column == 0)
                item->setToolTip(one.layer);
            if (column >= 3)
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            m_table->setItem(row, column, item);
        }
    }
    resizeLayers();
}

/// Layers get what the other columns leave, and never less than tells them apart.
void BudgetPanel::resizeLayers()
{
    int others = 0;
    for (int column = 1; column < m_table->columnCount(); ++column)
        others += m_table->horizontalHeader()->sectionSize(column);
    int least = 0;
    for (int row = 0; row < m_table->rowCount(); ++row)
        least = qMax(least, fontMetrics().horizontalAdvance(m_table->item(row, 0)->text()));
    least = qMin(least + 2 * spacing::around, fontMetrics().averageCharWidth() * 18);
    m_table->setColumnWidth(0, qMax(m_table->viewport()->width() - others, least));
}

bool BudgetPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_limit)
        return limitEvent(event) || QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::Resize) // of the table's inside
        resizeLayers();
    return QWidget::eventFilter(watched, event);
}

/// Whoever comes to the field by a key types a new number over the old one, and Enter asks.
bool BudgetPanel::limitEvent(QEvent *event)
{
    if (event->type() == QEvent::FocusIn &&
        static_cast<QFocusEvent *>(event)->reason() != Qt::MouseFocusReason) {
        QMetaObject::invokeMethod(m_limit, &QAbstractSpinBox::selectAll, Qt::QueuedConnection);
        return false;
    }
    if (event->type() != QEvent::KeyPress)
        return false;
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key != Qt::Key_Return && key != Qt::Key_Enter)
        return false;
    m_limit->interpretText();
    m_limit->selectAll();
    m_search->click(); // nothing where it is disabled
    return true;
}

} // namespace pare
