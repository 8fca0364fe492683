#include "app/window/aboutdialog.h"

#include "widgets/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QSysInfo>
#include <QThread>
#include <QVBoxLayout>

namespace pare {

QString aboutText(const std::map<std::string, std::string> &versions)
{
    const auto named = [&](const char *name) {
        const auto found = versions.find(name);
        return found == versions.end() ? QString() : QString::fromStdString(found->second);
    };
    QStringList lines{QStringLiteral("Pare %1").arg(PARE_VERSION),
                      QStringLiteral("Qt %1").arg(qVersion())};
    if (const QString torch = named("libtorch"); !torch.isEmpty())
        lines << QStringLiteral("LibTorch %1").arg(torch);
    // "Intel(R) Xeon(R) avx512_core; 2 threads; oneDNN 2.6.3; LibTorch 1.13.1"
    QStringList machine = named("machine").split(QStringLiteral("; "), Qt::SkipEmptyParts);
    const QString processor = machine.isEmpty() ? QString() : machine.takeFirst();
    lines << machine.filter(QStringLiteral("oneDNN"));
    if (const QString format = named("format"); !format.isEmpty())
        lines << AboutDialog::tr("Format of exported files: %1").arg(format);
    lines << QStringLiteral("%1, %2").arg(QSysInfo::prettyProductName(),
                                          QSysInfo::currentCpuArchitecture());
    if (!processor.isEmpty())
        lines << AboutDialog::tr("Processor: %1").arg(processor);
    lines << AboutDialog::tr("%1 cores for this process").arg(QThread::idealThreadCount());
    if (QString kernels = named("kernels"); !kernels.isEmpty())
        lines << AboutDialog::tr("Kernels: %1").arg(kernels.replace(',', QStringLiteral(", ")));
    return lines.join('\n');
}

AboutDialog::AboutDialog(QWidget *parent)
    : QDialog(parent)
    , m_details(new QLabel)
{
    setWindowTitle(tr("About Pare"));
    setObjectName(QStringLiteral("aboutDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *title = new QLabel(QStringLiteral("Pare %1").arg(PARE_VERSION));
    title->setFont(heavierFont(largeFont(font())));
    auto *summary =
        new QLabel(tr("Finds out what each layer of a language model can lose. Free software under "
                      "the GNU General Public License, version 3 or later."));
    summary->setWordWrap(true);
    m_details->setObjectName(QStringLiteral("versions"));
    m_details->setProperty("kind", "secondary");
    m_details->setWordWrap(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("copyVersions"));
    connect(copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_details->text()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::around, spacing::around, spacing::around, spacing::around);
    column->setSpacing(spacing::wide);
    column->addWidget(title);
    column->addWidget(summary);
    column->addWidget(m_details);
    column->addWidget(buttons);
    setMinimumWidth(520);
    setVersions({});
}

void AboutDialog::setVersions(const std::map<std::string, std::string> &versions)
{
    m_details->setText(aboutText(versions));
    if (isVisible())
        resize(width(), heightForWidth(width()));
}

} // namespace pare
