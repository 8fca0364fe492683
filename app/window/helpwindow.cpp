#include "app/window/helpwindow.h"

#include "app/window/helppages.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QFrame>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QSplitter>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextDocument>
#include <QTextTable>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>
#include <vector>

namespace pare {

namespace {

constexpr int pageRole = Qt::UserRole;
constexpr double markShare = 0.3; ///< of the highlight, behind words that are found

/// Whether each word of `wanted` stands in the page, in any case of its letters.
bool isAbout(const QString &page, const QString &wanted)
{
    const QString text = helpText(page);
    const QStringList words = wanted.split(' ', Qt::SkipEmptyParts);
    return std::ranges::all_of(
        words, [&](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

HelpWindow::HelpWindow(QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_search(new QLineEdit)
    , m_contents(new QListWidget)
    , m_text(new QTextBrowser)
{
    setAttribute(Qt::WA_WindowPropagation); // light or dark as the window it belongs to
    setObjectName(QStringLiteral("helpWindow"));
    setWindowTitle(tr("Pare help"));
    m_contents->setObjectName(QStringLiteral("helpContents"));
    m_contents->setAccessibleName(tr("Contents"));
    m_contents->setFrameShape(QFrame::NoFrame);
    m_text->setObjectName(QStringLiteral("helpText"));
    m_text->setAccessibleName(tr("Page"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenExternalLinks(true);
    m_text->document()->setDocumentMargin(spacing::around);

    auto *halves = new QSplitter;
    halves->setChildrenCollapsible(false);
    halves->addWidget(m_contents);
    halves->addWidget(m_text);
    halves->setStretchFactor(1, 1);
    halves->setSizes({220, 640});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(halves, 1);

    fillContents();
    connect(m_contents, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item && item->data(pageRole).toString() != page())
            m_text->setSource(helpUrl(item->data(pageRole).toString()));
    });
    connect(m_text, &QTextBrowser::sourceChanged, this, &HelpWindow::followPage);
    auto *close = new QAction(this);
    close->setShortcut(QKeySequence(Qt::Key_Escape));
    connect(close, &QAction::triggered, this, &QWidget::close);
    addAction(close);
}

QWidget *HelpWindow::makeHead()
{
    auto *head = new QFrame;
    head->setProperty("kind", "head");
    const auto button = [&](const QString &text, const QString &name, const QString &what,
                            const QKeySequence &key) {
        auto *made = new QToolButton;
        made->setText(text);
        made->setObjectName(name);
        made->setAccessibleName(what);
        made->setToolTip(QStringLiteral("%1 (%2)").arg(what, key.toString()));
        made->setShortcut(key);
        made->setEnabled(false);
        return made;
    };
    auto *back = button(QStringLiteral("←"), QStringLiteral("helpBack"), tr("Back"),
                        QKeySequence(Qt::ALT | Qt::Key_Left));
    auto *forward = button(QStringLiteral("→"), QStringLiteral("helpForward"), tr("Forward"),
                           QKeySequence(Qt::ALT | Qt::Key_Right));
    connect(back, &QToolButton::clicked, m_text, &QTextBrowser::backward);
    connect(forward, &QToolButton::clicked, m_text, &QTextBrowser::forward);
    connect(m_text, &QTextBrowser::backwardAvailable, back, &QWidget::setEnabled);
    connect(m_text, &QTextBrowser::forwardAvailable, forward, &QWidget::setEnabled);

    m_search->setObjectName(QStringLiteral("helpSearch"));
    m_search->setAccessibleName(tr("Search the help"));
    m_search->setPlaceholderText(tr("Search the help"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, &HelpWindow::search);
    connect(m_search, &QLineEdit::returnPressed, this, &HelpWindow::findInPage);
    auto *find = new QAction(this);
    find->setShortcut(QKeySequence::Find);
    connect(find, &QAction::triggered, m_search, qOverload<>(&QWidget::setFocus));
    addAction(find);

    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(spacing::around, spacing::inside, spacing::around, spacing::inside);
    line->setSpacing(spacing::inside);
    line->addWidget(back);
    line->addWidget(forward);
    line->addWidget(m_search, 1);
    return head;
}

void HelpWindow::fillContents()
{
    for (const QString &page : helpPages()) {
        auto *item = new QListWidgetItem(helpTitle(page), m_contents);
        item->setData(pageRole, page);
    }
}

void HelpWindow::open(const QString &page)
{
    m_search->clear(); // a page that was asked for is never hidden in the contents
    m_text->setSource(helpUrl(page));
    show();
    raise();
    activateWindow();
    m_text->setFocus();
}

QString HelpWindow::page() const
{
    return helpPageAt(m_text->source());
}

/// Only pages that are about it stay in the contents; the first of them is shown.
void HelpWindow::search(const QString &text)
{
    QListWidgetItem *first = nullptr;
    for (int row = 0; row < m_contents->count(); ++row) {
        QListWidgetItem *item = m_contents->item(row);
        const bool wanted = isAbout(item->data(pageRole).toString(), text);
        item->setHidden(!wanted);
        if (wanted && !first)
            first = item;
    }
    const QListWidgetItem *current = m_contents->currentItem();
    if (first && (!current || current->isHidden()))
        m_contents->setCurrentItem(first);
    markFound();
    showFirstFound();
}

/// Every place of each word in the page.
void HelpWindow::markFound()
{
    QTextEdit::ExtraSelection mark;
    mark.format.setBackground(
        mixed(palette().base().color(), palette().highlight().color(), markShare));
    QList<QTextEdit::ExtraSelection> marks;
    for (const QString &word : m_search->text().split(' ', Qt::SkipEmptyParts)) {
        mark.cursor = m_text->document()->find(word);
        for (; !mark.cursor.isNull(); mark.cursor = m_text->document()->find(word, mark.cursor))
            marks << mark;
    }
    m_text->setExtraSelections(marks);
}

void HelpWindow::showFirstFound()
{
    const QList<QTextEdit::ExtraSelection> marks = m_text->extraSelections();
    if (marks.isEmpty())
        return;
    const auto first =
        std::ranges::min_element(marks, {}, [](const QTextEdit::ExtraSelection &one) {
            return one.cursor.selectionStart();
        });
    QTextCursor place = first->cursor;
    place.setPosition(place.selectionStart());
    m_text->setTextCursor(place); // Return goes on from here
    m_text->ensureCursorVisible();
}

/// From place to place in the page, and at its end from the beginning again.
void HelpWindow::findInPage()
{
    const QString text = m_search->text().section(' ', 0, 0, QString::SectionSkipEmpty);
    if (text.isEmpty() || m_text->find(text))
        return;
    m_text->moveCursor(QTextCursor::Start);
    m_text->find(text);
}

/// The contents say where one is, however one came there.
void HelpWindow::followPage(const QUrl &url)
{
    const QString shown = helpPageAt(url);
    for (int row = 0; row < m_contents->count(); ++row) {
        if (m_contents->item(row)->data(pageRole).toString() == shown)
            m_contents->setCurrentRow(row);
    }
    colourPage();
    markFound();
    if (!url.hasFragment())
        showFirstFound();
}

void HelpWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    colourPage();
    markFound();
}

/// Markdown is read with the program's palette, the window has one of its own; and tables come with
/// thick frames and no room around them.
void HelpWindow::colourPage()
{
    for (QTextFrame *frame : m_text->document()->rootFrame()->childFrames()) {
        auto *table = qobject_cast<QTextTable *>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorderCollapse(true);
        format.setBorder(1);
        format.setBorderBrush(palette().mid());
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setCellPadding(spacing::tight);
        format.setTopMargin(spacing::inside);
        format.setBottomMargin(spacing::wide);
        table->setFormat(format);
    }
    std::vector<std::pair<int, int>> links; // setting formats changes what is walked through
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            if (part.fragment().charFormat().isAnchor())
                links.emplace_back(part.fragment().position(), part.fragment().length());
        }
    }
    QTextCharFormat format;
    format.setForeground(palette().link());
    QTextCursor cursor(m_text->document());
    for (const auto &[position, length] : links) {
        cursor.setPosition(position);
        cursor.setPosition(position + length, QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(format);
    }
}

} // namespace pare
