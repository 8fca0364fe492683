#include "app/window/exportdialog.h"

#include "widgets/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QStyle>
#include <QVBoxLayout>

namespace pare {

namespace {

/// A line whose text is as long as it must be, and widens nothing.
QLabel *wrapped(const char *kind)
{
    auto *label = new QLabel;
    label->setProperty("kind", kind);
    label->setWordWrap(true);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    label->setMinimumHeight(2 * label->fontMetrics().lineSpacing()); // nothing jumps
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    return label;
}

} // namespace

ExportDialog::ExportDialog(ExportQuestion question, QWidget *parent)
    : QDialog(parent)
    , m_question(std::move(question))
    , m_folder(new QLineEdit(m_question.folder))
    , m_problem(wrapped("problem"))
    , m_format(new QComboBox)
    , m_dtype(new QComboBox)
    , m_verify(new QCheckBox(tr("Compare the answers to the data file, before and after")))
    , m_explanation(wrapped("secondary"))
    , m_export(new QPushButton(tr("Export")))
{
    setObjectName(QStringLiteral("exportDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Export the model"));
    auto *title = new QLabel(m_question.what);
    title->setProperty("kind", "heading");
    title->setWordWrap(true);
    describeFields();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::around, spacing::around, spacing::around, spacing::around);
    column->setSpacing(spacing::wide);
    column->addWidget(title);
    column->addLayout(makeForm());
    column->addWidget(m_explanation);
    column->addWidget(m_verify);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_export, QDialogButtonBox::AcceptRole);
    column->addWidget(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 84);

    connect(m_folder, &QLineEdit::textChanged, this, &ExportDialog::showState);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::showState);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(m_export, &QPushButton::clicked, this, [this] {
        showState(); // what was free when it was typed may be taken by now
        if (!m_export->isEnabled())
            return;
        QSettings().setValue("lastFolder", QFileInfo(folder()).absolutePath());
        Q_EMIT exportRequested(choice());
        close();
    });
    showState();
    m_folder->setFocus();
    const auto name = static_cast<int>(m_question.folder.lastIndexOf('/')) + 1;
    m_folder->setSelection(name, static_cast<int>(m_question.folder.size()) - name);
}

void ExportDialog::describeFields()
{
    m_folder->setObjectName(QStringLiteral("exportFolder"));
    m_folder->setAccessibleName(tr("Folder"));
    m_folder->setToolTip(tr("The folder that the files go to; made where it is missing"));
    m_problem->setObjectName(QStringLiteral("exportProblem"));
    m_format->setAccessibleName(tr("Format"));
    m_format->setToolTip(tr("Which programs are to read the files"));
    m_dtype->setAccessibleName(tr("Numbers"));
    m_dtype->setToolTip(tr("How unpacked weights are stored: 32 or 16 bits each"));
    m_verify->setToolTip(
        tr("Reads the files again, answers every example and counts what changed"));
    m_format->setObjectName(QStringLiteral("exportFormat"));
    m_format->addItem(tr("Packed: as it is measured, for Pare"), int(ExportFormat::Packed));
    m_format->addItem(tr("Dense: for Hugging Face transformers"), int(ExportFormat::Dense));
    m_format->addItem(tr("TorchScript: for PyTorch and LibTorch"), int(ExportFormat::TorchScript));
    m_format->addItem(tr("GGUF: for programs that read it"), int(ExportFormat::Gguf));
    m_dtype->setObjectName(QStringLiteral("exportDtype"));
    m_dtype->addItem(QStringLiteral("float32"), int(DType::Float32));
    m_dtype->addItem(QStringLiteral("float16"), int(DType::Float16));
    m_verify->setObjectName(QStringLiteral("exportVerify"));
    m_verify->setChecked(m_question.hasData);
    m_verify->setEnabled(m_question.hasData);
    m_export->setObjectName(QStringLiteral("exportNow"));
    m_export->setProperty("primary", true);
    m_export->setDefault(true);
}

QLayout *ExportDialog::makeForm()
{
    auto *browse = new QPushButton(tr("Choose…"));
    browse->setToolTip(m_folder->toolTip());
    browse->setAutoDefault(false); // Enter exports
    connect(browse, &QPushButton::clicked, this, &ExportDialog::browse);
    auto *folder = new QHBoxLayout;
    folder->setSpacing(spacing::inside);
    folder->addWidget(m_folder, 1);
    folder->addWidget(browse);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(spacing::around);
    form->setVerticalSpacing(spacing::inside);
    form->addRow(tr("Folder"), folder);
    form->addRow(QString(), m_problem);
    form->addRow(tr("Format"), m_format);
    form->addRow(tr("Numbers"), m_dtype);
    return form;
}

QString ExportDialog::folder() const
{
    return m_folder->text().trimmed();
}

ExportChoice ExportDialog::choice() const
{
    return {folder(), static_cast<ExportFormat>(m_format->currentData().toInt()),
            m_dtype->isEnabled() ? static_cast<DType>(m_dtype->currentData().toInt())
                                 : DType::Float32,
            m_verify->isChecked()};
}

void ExportDialog::browse()
{
    auto *dialog =
        new QFileDialog(this, tr("Export to this folder"), QFileInfo(folder()).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    dialog->open();
}

void ExportDialog::showState()
{
    const auto format = static_cast<ExportFormat>(m_format->currentData().toInt());
    m_dtype->setEnabled(format != ExportFormat::Packed);
    const QString problem =
        m_question.problemOf && !folder().isEmpty() ? m_question.problemOf(folder()) : QString();
    const bool replaces = QFileInfo::exists(folder() + QStringLiteral("/pare.json"));
    m_problem->setText(problem.isEmpty() && replaces && !folder().isEmpty()
                           ? tr("Holds an earlier export, which is replaced.")
                           : problem);
    m_problem->setToolTip(m_problem->text());
    m_problem->setProperty("kind", problem.isEmpty() ? "secondary" : "problem");
    m_problem->style()->unpolish(m_problem);
    m_problem->style()->polish(m_problem);
    m_export->setEnabled(!folder().isEmpty() && problem.isEmpty());
    m_export->setToolTip(folder().isEmpty() ? m_folder->toolTip() : problem);
    switch (format) {
    case ExportFormat::Packed:
        m_explanation->setText(tr("The file that the size counts. Every weight is read again "
                                  "afterwards and compared."));
        break;
    case ExportFormat::Dense:
        m_explanation->setText(tr("The same values, each unpacked: larger, and readable by others. "
                                  "Refused where their layout has no words for the model."));
        break;
    case ExportFormat::TorchScript:
        m_explanation->setText(tr("model.pt with forward(input_ids, attention_mask); runs without "
                                  "Pare."));
        break;
    case ExportFormat::Gguf:
        m_explanation->setText(tr("Keeps what GGUF can hold exactly, and says what it could not."));
        break;
    }
}

} // namespace pare
