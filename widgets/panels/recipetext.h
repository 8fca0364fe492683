// The recipe as text, one step a line, to be read, edited and copied.
//
// Shows the values it was given; the text leaves by a signal once it is meant. Window's thread.
#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QTextEdit;
class QPushButton;

namespace pare {

class RecipeText : public QWidget
{
    Q_OBJECT

public:
    explicit RecipeText(QWidget *parent = nullptr);

    /// Steps as text, one a line; lines that begin with # are switched off. Kept as it is while a
    /// person is editing.
    void setRecipe(const QString &text);
    void setEditable(bool editable);
    /// What is wrong with a line (from 1); an empty message: nothing.
    void setProblem(int line, const QString &message);
    QString text() const;
    /// Whether something was typed that is not applied.
    bool isPending() const;

Q_SIGNALS:
    void pendingChanged();
    /// While typing: whoever knows answers with setProblem().
    void textEdited(const QString &text);
    void applyRequested(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showState();
    void apply();
    void indentContinuations();

    QTextEdit *m_edit;
    QLabel *m_problem;
    QPushButton *m_apply;
    QPushButton *m_revert;
    QString m_given;
    bool m_valid = true;
};

} // namespace pare
