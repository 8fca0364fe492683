// The help beside the window: contents on the left, one page on the right, a search over all pages.
// Window's thread; owned by the main window.
#pragma once

#include <QWidget>

class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace pare {

class HelpWindow : public QWidget
{
    Q_OBJECT

public:
    explicit HelpWindow(QWidget *parent = nullptr);

    /// Shows the page, and comes to the front.
    void open(const QString &page);
    /// Which page is shown.
    QString page() const;

    QSize sizeHint() const override { return {860, 640}; }

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeHead();
    void fillContents();
    void search(const QString &text);
    void findInPage();
    void markFound();
    void showFirstFound();
    void followPage(const QUrl &url);
    void colourPage();

    QLineEdit *m_search;
    QListWidget *m_contents;
    QTextBrowser *m_text;
};

} // namespace pare
