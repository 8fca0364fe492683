// The pages of the help: which there are, and which one explains a control. Markdown files of
// resources/help, one folder a language, in the program's resources. Window's thread.
#pragma once

#include <QString>
#include <QStringList>
#include <QUrl>

class QWidget;

namespace pare {

/// In the order of the contents: what the window has, then the families of techniques by name.
QStringList helpPages();

/// Of a page in the language that is spoken now, or in English where it has none.
QUrl helpUrl(const QString &page);
/// "chart" of "qrc:/pare/help/ko/chart.md"; empty: no page of the help.
QString helpPageAt(const QUrl &url);

/// The whole page as Markdown; empty: there is none.
QString helpText(const QString &page);
/// Its first heading.
QString helpTitle(const QString &page);

/// Says that `page` explains `widget` and all that is in it and says nothing itself.
void setHelpPage(QWidget *widget, const QString &page);
/// What explains a control: its own page, or that of the nearest widget around it; otherwise the
/// first page.
QString helpPageFor(const QWidget *widget);

} // namespace pare
