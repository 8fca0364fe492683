// What this program is, which versions it runs with and on what; all of it can be selected and copied.
// Window's thread; deletes itself when it is closed.
#pragma once

#include <QDialog>
#include <map>
#include <string>

class QLabel;

namespace pare {

/// One thing a line, each said once. `versions`: as versions() of core/experiment names them.
QString aboutText(const std::map<std::string, std::string> &versions);

class AboutDialog : public QDialog
{
    Q_OBJECT

public:
    explicit AboutDialog(QWidget *parent = nullptr);

    /// Of libraries, processor and kernels, as they become known.
    void setVersions(const std::map<std::string, std::string> &versions);

private:
    QLabel *m_details;
};

} // namespace pare
