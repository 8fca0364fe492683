// Asks where and how the shown model is to be written. Window's thread; deletes itself.
#pragma once

#include "core/model/exportrecord.h"

#include <QDialog>
#include <QString>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace pare {

struct ExportChoice
{
    QString folder;
    ExportFormat format = ExportFormat::Packed;
    DType dtype = DType::Float32;
    bool verify = true; ///< answers, too, where there are data
};

class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    /// `what`: the recipe in few words; `hasData`: there are examples to compare answers on.
    ExportDialog(const QString &what, bool hasData, QWidget *parent);

Q_SIGNALS:
    void exportRequested(const pare::ExportChoice &choice);

private:
    ExportChoice choice() const;
    void browse();
    void showState();

    QLineEdit *m_folder;
    QComboBox *m_format;
    QComboBox *m_dtype;
    QCheckBox *m_verify;
    QLabel *m_explanation;
    QPushButton *m_export;
};

} // namespace pare
