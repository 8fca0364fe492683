#include "app/window/shortcutsdialog.h"

#include "app/window/shortcuts.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <algorithm>

namespace pare {

namespace {

/// "Run: Measure", "Runs: Note": by the menu or the panel it is found in.
QString titleOf(const QAction &action)
{
    QString place;
    for (const QObject *owner = action.parent(); owner && place.isEmpty();
         owner = owner->parent()) {
        if (const auto *menu = qobject_cast<const QMenu *>(owner))
            place = plainTitle(menu->title());
        else if (const auto *dock = qobject_cast<const QDockWidget *>(owner))
            place = dock->windowTitle();
    }
    const QString title = plainTitle(action.text());
    return place.isEmpty() ? title : place + QStringLiteral(": ") + title;
}

/// Those of the menus come first.
std::vector<QAction *> sortedActions(const QWidget &window)
{
    std::vector<QAction *> actions = changeableActions(window);
    std::ranges::stable_partition(actions, [](const QAction *action) {
        return qobject_cast<const QMenu *>(action->parent()) != nullptr;
    });
    return actions;
}

} // namespace

ShortcutsDialog::ShortcutsDialog(QWidget *window)
    : QDialog(window)
    , m_window(window)
    , m_actions(sortedActions(*window))
    , m_filter(new QLineEdit)
    , m_table(new QTableWidget)
    , m_conflict(new QLabel)
    , m_take(new QPushButton)
{
    setObjectName(QStringLiteral("shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keyboard shortcuts"));
    m_filter->setObjectName(QStringLiteral("shortcutsFilter"));
    m_filter->setPlaceholderText(tr("Find an action or its keys"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_filter->setToolTip(m_filter->placeholderText());
    m_filter->setClearButtonEnabled(true);
    m_table->setObjectName(QStringLiteral("shortcutsTable"));
    m_table->setAccessibleName(tr("Actions and their keys"));
    m_conflict->setObjectName(QStringLiteral("shortcutsConflict"));
    m_conflict->setProperty("kind", "problem");
    m_conflict->setWordWrap(true);
    m_take->setObjectName(QStringLiteral("shortcutsTake"));
    m_take->setText(tr("Use them here"));
    m_take->setToolTip(tr("The other action has no keys then"));
    fillTable();

    auto *conflict = new QHBoxLayout;
    conflict->setSpacing(spacing::inside);
    conflict->addWidget(m_conflict, 1);
    conflict->addWidget(m_take);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::around, spacing::around, spacing::around, spacing::around);
    column->setSpacing(spacing::wide);
    column->addWidget(m_filter);
    column->addWidget(m_table, 1);
    column->addLayout(conflict);
    addButtons();
    connect(m_filter, &QLineEdit::textChanged, this, &ShortcutsDialog::showMatches);
    connect(m_take, &QPushButton::clicked, this, [this] { take(m_wantedRow, m_wanted); });
    resize(fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 32);
    tell({});
}

void ShortcutsDialog::fillTable()
{
    m_table->setColumnCount(2);
    m_table->setRowCount(static_cast<int>(m_actions.size()));
    m_table->setHorizontalHeaderLabels({tr("Action"), tr("Keys")});
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->horizontalHeader()->resizeSection(1, fontMetrics().averageCharWidth() * 28);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    for (std::size_t row = 0; row < m_actions.size(); ++row) {
        const QString title = titleOf(*m_actions[row]);
        m_table->setItem(static_cast<int>(row), 0, new QTableWidgetItem(title));
        auto *edit = new QKeySequenceEdit;
        edit->setObjectName(QStringLiteral("keys.") + m_actions[row]->objectName());
        edit->setAccessibleName(tr("Keys of: %1").arg(title));
        edit->setToolTip(
            tr("Press the new keys here. As it was: %1")
                .arg(standardShortcut(*m_actions[row]).toString(QKeySequence::NativeText)));
        edit->setClearButtonEnabled(true);
        m_table->setCellWidget(static_cast<int>(row), 1, edit);
        m_edits.push_back(edit);
        connect(edit, &QKeySequenceEdit::editingFinished, this, [this, row] { consider(row); });
        connect(edit, &QKeySequenceEdit::keySequenceChanged, this,
                [this, row](const QKeySequence &keys) {
                    if (keys.isEmpty())
                        consider(row); // cleared by its button
                });
    }
    showKeys();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 2 * spacing::inside +
                                                     spacing::tight);
}

void ShortcutsDialog::addButtons()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *reset = buttons->addButton(tr("As it was at first"), QDialogButtonBox::ResetRole);
    reset->setObjectName(QStringLiteral("shortcutsReset"));
    reset->setToolTip(tr("Every action gets its own keys again"));
    reset->setAutoDefault(false); // Enter is a key that may be typed above
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    m_take->setAutoDefault(false);
    connect(reset, &QPushButton::clicked, this, [this] {
        resetShortcuts(*m_window);
        showKeys();
        tell({});
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    layout()->addWidget(buttons);
}

void ShortcutsDialog::showKeys()
{
    for (std::size_t row = 0; row < m_actions.size(); ++row) {
        const QSignalBlocker quiet(m_edits[row]);
        m_edits[row]->setKeySequence(m_actions[row]->shortcut());
    }
}

void ShortcutsDialog::showMatches()
{
    const QString wanted = m_filter->text().trimmed();
    for (std::size_t row = 0; row < m_actions.size(); ++row) {
        const int line = static_cast<int>(row);
        const QString keys = m_actions[row]->shortcut().toString(QKeySequence::NativeText);
        m_table->setRowHidden(
            line, !m_table->item(line, 0)->text().contains(wanted, Qt::CaseInsensitive) &&
                      !keys.contains(wanted, Qt::CaseInsensitive));
    }
}

void ShortcutsDialog::consider(std::size_t row)
{
    const QKeySequence keys = m_edits[row]->keySequence();
    const QAction *other = actionWith(keys, *m_actions[row], *m_window);
    if (!other) {
        take(row, keys);
        return;
    }
    m_wantedRow = row;
    m_wanted = keys;
    tell(tr("%1 belongs to \"%2\" already.")
             .arg(keys.toString(QKeySequence::NativeText), titleOf(*other)));
}

void ShortcutsDialog::take(std::size_t row, const QKeySequence &keys)
{
    changeShortcut(*m_actions[row], keys, *m_window);
    showKeys();
    tell({});
}

void ShortcutsDialog::tell(const QString &text)
{
    m_conflict->setText(text);
    m_conflict->setVisible(!text.isEmpty());
    m_take->setVisible(!text.isEmpty());
}

} // namespace pare
