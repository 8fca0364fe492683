#include "widgets/panels/commandpalette.h"

#include "widgets/theme/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace pare {

namespace {

constexpr int mostShown = 200;
constexpr int entryRole = Qt::UserRole + 1;

double wordScore(const QString &title, const QString &word)
{
    const qsizetype at = title.indexOf(word, 0, Qt::CaseInsensitive);
    if (at < 0)
        return 0;
    const bool begins = at == 0 || !title[at - 1].isLetterOrNumber();
    return begins ? 2 : 1;
}

} // namespace

double paletteScore(const QString &title, const QString &typed)
{
    const QStringList words = typed.split(' ', Qt::SkipEmptyParts);
    if (words.isEmpty())
        return 1; // as they come
    double score = 1;
    for (const QString &word : words) {
        const double found = wordScore(title, word);
        if (found == 0)
            return 0;
        score *= found;
    }
    return score + 1.0 / static_cast<double>(title.size() + 2);
}

CommandPalette::CommandPalette(std::vector<PaletteEntry> entries, QWidget *parent)
    : QDialog(parent, Qt::Popup)
    , m_entries(std::move(entries))
    , m_line(new QLineEdit)
    , m_list(new QTreeWidget)
{
    setObjectName(QStringLiteral("palette"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_line->setObjectName(QStringLiteral("paletteLine"));
    m_line->setPlaceholderText(tr("Type an action, a layer or a technique"));
    m_line->setAccessibleName(m_line->placeholderText());
    m_line->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("paletteList"));
    m_list->setAccessibleName(tr("What fits"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setColumnCount(2);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::inside, spacing::inside, spacing::inside, spacing::inside);
    column->setSpacing(spacing::inside);
    column->addWidget(m_line);
    column->addWidget(m_list);
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textChanged, this, &CommandPalette::showMatches);
    connect(m_line, &QLineEdit::returnPressed, this, &CommandPalette::act);
    connect(m_list, &QTreeWidget::itemClicked, this, &CommandPalette::act);
    resize(qMin(640, parent->width() - 2 * spacing::around), qMin(420, parent->height() / 2));
    move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, parent->height() / 8)));
    showMatches();
    m_line->setFocus();
}

void CommandPalette::showMatches()
{
    std::vector<std::pair<double, std::size_t>> found;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const double score =
            std::max(paletteScore(m_entries[i].title, m_line->text()),
                     m_entries[i].words.isEmpty() || m_line->text().trimmed().isEmpty()
                         ? 0
                         : paletteScore(m_entries[i].title + ' ' + m_entries[i].words,
                                        m_line->text()) /
                               2); // what is called so comes first
        if (score > 0)
            found.emplace_back(m_entries[i].enabled ? score : score / 8, i);
    }
    std::ranges::stable_sort(found, std::ranges::greater(), &std::pair<double, std::size_t>::first);
    m_list->clear();
    for (const auto &[score, number] : found) {
        if (m_list->topLevelItemCount() == mostShown)
            break;
        const PaletteEntry &entry = m_entries[number];
        auto *item = new QTreeWidgetItem(m_list, {entry.title, entry.shortcut});
        item->setData(0, entryRole, static_cast<qulonglong>(number));
        item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        item->setDisabled(!entry.enabled);
    }
    if (found.empty()) {
        auto *item = new QTreeWidgetItem(m_list, {tr("Nothing fits")});
        item->setDisabled(true);
    }
    // Nothing is chosen before anything is typed: Enter would do whatever comes first.
    if (!m_line->text().isEmpty())
        m_list->setCurrentItem(m_list->topLevelItem(0));
}

void CommandPalette::act()
{
    const QTreeWidgetItem *item = m_list->currentItem();
    if (!item || item->isDisabled())
        return;
    const std::function<void()> act = m_entries[item->data(0, entryRole).toULongLong()].act;
    close();
    act();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int page = qMax(1, m_list->height() / qMax(1, m_list->sizeHintForRow(0)) - 1);
        int step = 0;
        switch (key->key()) {
        case Qt::Key_Down:
            step = 1;
            break;
        case Qt::Key_Up:
            step = -1;
            break;
        case Qt::Key_PageDown:
            step = page;
            break;
        case Qt::Key_PageUp:
            step = -page;
            break;
        default:
            return QDialog::eventFilter(watched, event);
        }
        const int row = m_list->indexOfTopLevelItem(m_list->currentItem()) + step;
        m_list->setCurrentItem(
            m_list->topLevelItem(qBound(0, row, m_list->topLevelItemCount() - 1)));
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace pare
