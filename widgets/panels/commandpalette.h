// Every action of the window in one list that is searched by typing.
//
// A popup; window's thread; owned by its parent, deleted when it closes.
#pragma once

#include <QDialog>
#include <QString>
#include <functional>
#include <vector>

class QLineEdit;
class QTreeWidget;

namespace pare {

struct PaletteEntry
{
    QString title;    ///< "Run: Measure"
    QString shortcut; ///< as people read it; may be empty
    bool enabled = true;
    std::function<void()> act;
    QString words = {}; ///< by which it is found, too: "settings options"
};

/// How well `title` fits what was typed; 0: not at all. All words must occur; beginnings of words
/// count more than middles, and short titles more than long ones.
double paletteScore(const QString &title, const QString &typed);

class CommandPalette : public QDialog
{
    Q_OBJECT

public:
    CommandPalette(std::vector<PaletteEntry> entries, QWidget *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showMatches();
    void act();

    std::vector<PaletteEntry> m_entries;
    QLineEdit *m_line;
    QTreeWidget *m_list;
};

} // namespace pare
