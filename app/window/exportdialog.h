// Asks where and how the shown model is to be written. Window's thread; deletes itself.
#pragma once

#include "core/model/exportrecord.h"

#include <QDialog>
#include <QString>
#include <functional>

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

struct ExportQuestion
{
    QString what;         ///< the recipe in few words
    QString folder;       ///< proposed
    bool hasData = false; ///< there are examples to compare answers on
    /// Why nothing can be written to a folder, asked with every letter; empty: it can.
    std::function<QString(const QString &folder)> problemOf = {};
};

class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    ExportDialog(ExportQuestion question, QWidget *parent);

Q_SIGNALS:
    void exportRequested(const pare::ExportChoice &choice);

private:
    ExportChoice choice() const;
    QString folder() const;
    QLayout *makeForm();
    void describeFields();
    void browse();
    void showState();

    ExportQuestion m_question;
    QLineEdit *m_folder;
    QLabel *m_problem; ///< of the folder, or what becomes of what is in it
    QComboBox *m_format;
    QComboBox *m_dtype;
    QCheckBox *m_verify;
    QLabel *m_explanation;
    QPushButton *m_export;
};

} // namespace pare
