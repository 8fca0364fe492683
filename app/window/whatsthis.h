// Shift+F1, then a click: what a control is, from its tool tip and from the page of the help that
// explains it. There is no third set of texts. Watches one window; window's thread; owned by it.
#pragma once

#include <QObject>
#include <QPoint>
#include <QString>

class QWidget;

namespace pare {

/// As rich text: the nearest tool tip around `widget`, else how its page of the help begins, and a link
/// to that page. Of the layer map's inside: the layer at `place`, and what such a layer is for.
QString whatsThisText(const QWidget *widget, const QPoint &place = {-1, -1});

class WhatsThis : public QObject
{
    Q_OBJECT

public:
    explicit WhatsThis(QWidget *window);

Q_SIGNALS:
    void pageRequested(const QString &page);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_window;
};

} // namespace pare
