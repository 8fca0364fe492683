// All of a message that is too long for one line, to be read and selected, above that line; the rest of the
// window stays usable. Window's thread; owned by the window it lies in.
#pragma once

#include <QFrame>

class QPlainTextEdit;

namespace pare {

class ProblemDetails : public QFrame
{
    Q_OBJECT

public:
    explicit ProblemDetails(QWidget *window);

    /// As wide as is good to read and as high as it must, along the upper edge of `line`, which lies in the
    /// same window.
    void showAbove(const QWidget *line, const QString &text);

Q_SIGNALS:
    /// By a person, with the keyboard.
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QPlainTextEdit *m_text;
};

} // namespace pare
