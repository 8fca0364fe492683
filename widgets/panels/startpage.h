// What is there when nothing is open: ways to start, and what was open before.
// Shows the values it was given; window's thread; owned by the main window.
#pragma once

#include <QPointF>
#include <QWidget>
#include <map>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace pare {

class CurveThumbnail;

struct RecentProject
{
    QString path;
    QString title;  ///< by which it is told from the others
    QString lately; ///< "demo · 27/11/26 07:26": its model, when it was used last
    QString place;  ///< its folder
};

class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget *parent = nullptr);

    /// Newest first; those that are gone are shown, but cannot be opened.
    void setRecent(const std::vector<RecentProject> &projects);
    /// A project's runs as a small picture beside its name: bytes and the metric, in any order.
    void setCurve(const QString &path, std::vector<QPointF> points);

Q_SIGNALS:
    void demoRequested();
    void modelRequested();
    void modelFolderRequested();
    void projectRequested();
    void recentRequested(const QString &path);
    /// It is gone from there: a person knows where it is now, or does not want to see it any more.
    void relocateRequested(const QString &path);
    void forgetRequested(const QString &path);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeRow(const RecentProject &project);
    QWidget *makeFolderLink();
    void tintRows();

    QVBoxLayout *m_recent;
    std::map<QString, CurveThumbnail *> m_curves; ///< by path
    QLabel *m_recentTitle;
};

} // namespace pare
