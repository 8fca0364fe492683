// What this program is, which versions it runs with; all of it can be selected and copied.
// Window's thread; deletes itself when it is closed.
#pragma once

#include <QDialog>

namespace pare {

class AboutDialog : public QDialog
{
    Q_OBJECT

public:
    /// `versions`: of libraries, as finished runs name them, one a line; may be empty.
    AboutDialog(const QString &versions, QWidget *parent = nullptr);
};

} // namespace pare
