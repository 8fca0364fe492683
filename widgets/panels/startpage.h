// What is there when nothing is open: ways to start, and what was open before.
// Shows the values it was given; window's thread; owned by the main window.
#pragma once

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace pare {

class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget *parent = nullptr);

    /// Paths of projects, newest first; those that are gone are shown, but cannot be opened.
    void setRecent(const QStringList &paths);

Q_SIGNALS:
    void demoRequested();
    void modelRequested();
    void projectRequested();
    void recentRequested(const QString &path);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_recent;
    QLabel *m_recentTitle;
};

} // namespace pare
