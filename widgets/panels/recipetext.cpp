#include "widgets/panels/recipetext.h"

#include "widgets/theme/theme.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTextBlock>
#include <QTextEdit>

namespace pare {

RecipeText::RecipeText(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QTextEdit)
    , m_problem(new QLabel)
    , m_apply(new QPushButton(tr("Apply")))
    , m_revert(new QPushButton(tr("Revert")))
{
    setAttribute(Qt::WA_StyledBackground);
    m_edit->setObjectName(QStringLiteral("recipeText"));
    m_edit->setAccessibleName(tr("The recipe as text"));
    m_edit->setToolTip(tr("One step a line; # in front of it switches it off"));
    m_edit->setPlaceholderText(tr("One step a line, as in\nquantize.affine bits=4 @ role=up,down\n"
                                  "# in front of a step switches it off"));
    m_edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_edit->setTabChangesFocus(true);
    m_edit->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_edit->setAcceptRichText(false);
    m_edit->setLayoutDirection(Qt::LeftToRight); // names and signs of a language of their own
    m_edit->installEventFilter(this);
    m_problem->setObjectName(QStringLiteral("recipeTextProblem"));
    m_problem->setProperty("kind", "problem");
    m_problem->setWordWrap(true);
    m_apply->setObjectName(QStringLiteral("recipeTextApply"));
    m_apply->setToolTip(tr("Make these the steps of the recipe (Ctrl+Enter)"));
    m_revert->setObjectName(QStringLiteral("recipeTextRevert"));
    m_revert->setToolTip(tr("The text becomes that of the recipe again"));
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(spacing::inside);
    buttons->addWidget(m_apply);
    buttons->addWidget(m_revert);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::around, spacing::inside, spacing::around, spacing::inside);
    column->setSpacing(spacing::inside);
    column->addWidget(m_edit, 1);
    column->addWidget(m_problem);
    column->addLayout(buttons);
    connect(m_edit, &QTextEdit::textChanged, this, [this] {
        indentContinuations();
        showState();
        Q_EMIT textEdited(text());
    });
    connect(m_apply, &QPushButton::clicked, this, &RecipeText::apply);
    connect(m_revert, &QPushButton::clicked, this, [this] { m_edit->setPlainText(m_given); });
    setFocusProxy(m_edit);
    setProblem(0, {});
}

/// What a step has no room for on its line stands further in than the next step.
void RecipeText::indentContinuations()
{
    const qreal indent = QFontMetricsF(m_edit->font()).averageCharWidth() * 3;
    const QSignalBlocker quiet(m_edit);
    for (QTextBlock block = m_edit->document()->begin(); block.isValid(); block = block.next()) {
        if (qFuzzyCompare(block.blockFormat().leftMargin(), indent))
            continue;
        QTextBlockFormat format;
        format.setLeftMargin(indent);
        format.setTextIndent(-indent);
        QTextCursor cursor(block);
        cursor.joinPreviousEditBlock(); // undoing what was typed undoes this, too
        cursor.mergeBlockFormat(format);
        cursor.endEditBlock();
    }
}

QString RecipeText::text() const
{
    return m_edit->toPlainText();
}

void RecipeText::setRecipe(const QString &text)
{
    const bool edited = this->text() != m_given;
    m_given = text;
    if (!edited && this->text() != text)
        m_edit->setPlainText(text);
    showState();
}

void RecipeText::setEditable(bool editable)
{
    m_edit->setReadOnly(!editable);
    showState();
}

void RecipeText::setProblem(int line, const QString &message)
{
    m_valid = message.isEmpty();
    m_problem->setText(m_valid ? QString() : tr("Line %1: %2").arg(line).arg(message));
    m_problem->setVisible(!m_valid);
    QList<QTextEdit::ExtraSelection> marks;
    if (!m_valid) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_edit->document()->findBlockByNumber(line - 1));
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        mark.format.setBackground(Theme::of(palette()).selection());
        marks << mark;
    }
    m_edit->setExtraSelections(marks);
    showState();
}

bool RecipeText::isPending() const
{
    return text() != m_given && !m_edit->isReadOnly();
}

void RecipeText::showState()
{
    const bool edited = isPending();
    const bool changed = m_revert->isEnabled() != edited;
    m_apply->setEnabled(edited && m_valid);
    m_revert->setEnabled(edited);
    if (changed)
        Q_EMIT pendingChanged();
}

void RecipeText::apply()
{
    if (!m_apply->isEnabled())
        return;
    const QString meant = text();
    m_given = meant; // what becomes of it replaces the text
    Q_EMIT applyRequested(meant);
    showState();
}

bool RecipeText::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && key->modifiers().testFlag(Qt::ControlModifier)) {
            apply();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace pare
