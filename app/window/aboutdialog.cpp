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

AboutDialog::AboutDialog(const QString &versions, QWidget *parent)
    : QDialog(parent)
{
    setWindowTitle(tr("About Pare"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *title = new QLabel(QStringLiteral("Pare %1").arg(PARE_VERSION));
    title->setFont(heavierFont(largeFont(font())));
    auto *summary =
        new QLabel(tr("Finds out what each layer of a language model can lose. Free software under "
                      "the GNU General Public License, version 3 or later."));
    summary->setWordWrap(true);
    QStringList lines{QStringLiteral("Pare %1").arg(PARE_VERSION),
                      QStringLiteral("Qt %1").arg(qVersion())};
    if (!versions.isEmpty())
        lines << versions;
    lines << QStringLiteral("%1, %2").arg(QSysInfo::prettyProductName(),
                                          QSysInfo::currentCpuArchitecture())
          << tr("%1 cores for this process").arg(QThread::idealThreadCount());
    const QString text = lines.join('\n');
    auto *details = new QLabel(text);
    details->setObjectName(QStringLiteral("versions"));
    details->setProperty("kind", "secondary");
    details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, this,
            [text] { QApplication::clipboard()->setText(text); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::around, spacing::around, spacing::around, spacing::around);
    column->setSpacing(spacing::wide);
    column->addWidget(title);
    column->addWidget(summary);
    column->addWidget(details);
    column->addWidget(buttons);
    setMinimumWidth(420);
}

} // namespace pare
