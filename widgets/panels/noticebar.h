// A line across the window for a state that stays: read-only, no data yet, a model that could not
// be opened. Window's thread; owned by its parent.
#pragma once

#include <QFrame>
#include <QString>

class QLabel;
class QPushButton;

namespace pare {

struct Notice
{
    QString text;   ///< empty: hidden
    QString action; ///< what can be done about it, as a button; empty: nothing
    enum class Weight { Plain, Problem } weight = Weight::Plain;
    bool besideData = false; ///< the fields for data say it, too
};

class NoticeBar : public QFrame
{
    Q_OBJECT

public:
    explicit NoticeBar(QWidget *parent = nullptr);

    void setNotice(const Notice &notice);
    const Notice &notice() const { return m_notice; }

Q_SIGNALS:
    void actionRequested();

private:
    Notice m_notice;
    QLabel *m_text;
    QPushButton *m_action;
};

} // namespace pare
