// What stands in a panel while it has nothing to show: what belongs there, and the button that fills it.
// Window's thread; owned by its parent.
#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;

namespace pare {

class EmptyState : public QWidget
{
    Q_OBJECT

public:
    /// `name`: of the label; the button's is followed by "Action".
    explicit EmptyState(const QString &name, QWidget *parent = nullptr);

    void setText(const QString &text);
    QString text() const;
    /// What the button says; empty: there is none.
    void setAction(const QString &action);

Q_SIGNALS:
    void actionRequested();

private:
    QLabel *m_text;
    QPushButton *m_action;
};

} // namespace pare
