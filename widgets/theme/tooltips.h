// Tool tips in lines that can be read: Qt shows a plain text in one line, as wide as the screen.
// Window's thread; owned by the application, whose tool tips it shows from then on.
#pragma once

#include <QObject>
#include <QString>

class QApplication;

namespace pare {

/// `text` with line breaks where a tool tip would be wider than 480 pixels; rich text as it is.
QString inLines(const QString &text);

class ToolTips : public QObject
{
    Q_OBJECT

public:
    explicit ToolTips(QApplication &application);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace pare
