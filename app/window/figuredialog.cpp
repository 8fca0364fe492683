#include "app/window/figuredialog.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "widgets/theme/words.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>

namespace pare {

namespace {

constexpr double oneColumn = 85; // millimetres
constexpr double twoColumns = 174;
constexpr int screenSize = 3; // its place among the sizes
constexpr int previewWidth = 520;

QDoubleSpinBox *numberBox(const char *name, double low, double high, const QString &unit)
{
    auto *box = new QDoubleSpinBox;
    box->setObjectName(QLatin1String(name));
    box->setRange(low, high);
    box->setDecimals(1);
    box->setSuffix(QChar(0x202f) + unit);
    return box;
}

} // namespace

FigureDialog::FigureDialog(std::vector<FigureSubject> subjects, FigureKind first, QWidget *parent)
    : QDialog(parent)
    , m_subjects(std::move(subjects))
    , m_subject(new QComboBox)
    , m_format(new QComboBox)
    , m_size(new QComboBox)
    , m_width(numberBox("figureWidth", 30, 400, QStringLiteral("mm")))
    , m_height(numberBox("figureHeight", 0, 400, QStringLiteral("mm")))
    , m_font(new QFontComboBox)
    , m_points(numberBox("figurePoints", 4, 24, QStringLiteral("pt")))
    , m_line(numberBox("figureLine", 0.1, 5, QStringLiteral("pt")))
    , m_dots(new QSpinBox)
    , m_title(new QCheckBox(tr("Title and caption")))
    , m_preview(new QLabel)
    , m_summary(new QLabel)
{
    setObjectName(QStringLiteral("figureDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Save a picture"));
    auto *fields = new QWidget;
    makeForm(fields);
    m_preview->setObjectName(QStringLiteral("figurePreview"));
    m_preview->setAccessibleName(tr("Preview"));
    m_preview->setAlignment(Qt::AlignCenter);
    m_preview->setMinimumSize(previewWidth, previewWidth * 3 / 4);
    m_summary->setObjectName(QStringLiteral("figureSummary"));
    m_summary->setProperty("kind", "secondary");
    m_summary->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto *saveButton = new QPushButton(tr("Save…"));
    saveButton->setObjectName(QStringLiteral("figureSave"));
    saveButton->setProperty("primary", true);
    saveButton->setDefault(true);
    auto *copyButton = new QPushButton(tr("Copy"));
    copyButton->setObjectName(QStringLiteral("figureCopy"));
    copyButton->setToolTip(tr("To the clipboard: the picture, or as CSV the figures"));
    buttons->addButton(copyButton, QDialogButtonBox::ActionRole);
    buttons->addButton(saveButton, QDialogButtonBox::ActionRole);
    auto *line = new QHBoxLayout;
    line->setSpacing(spacing::around);
    line->addWidget(fields);
    line->addWidget(m_preview, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::around, spacing::around, spacing::around, spacing::around);
    column->setSpacing(spacing::wide);
    column->addLayout(line, 1);
    column->addWidget(m_summary);
    column->addWidget(buttons);
    restore();
    m_subject->setCurrentIndex(m_subject->findData(static_cast<int>(first)));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    connect(saveButton, &QPushButton::clicked, this, &FigureDialog::save);
    connect(copyButton, &QPushButton::clicked, this, &FigureDialog::copy);
    for (QComboBox *box : {m_subject, m_format, m_size, static_cast<QComboBox *>(m_font)})
        connect(box, &QComboBox::currentIndexChanged, this, &FigureDialog::showState);
    for (QDoubleSpinBox *box : {m_width, m_height, m_points, m_line})
        connect(box, &QDoubleSpinBox::valueChanged, this, &FigureDialog::showState);
    connect(m_dots, &QSpinBox::valueChanged, this, &FigureDialog::showState);
    connect(m_title, &QCheckBox::toggled, this, &FigureDialog::showState);
    showState();
}

void FigureDialog::makeForm(QWidget *form)
{
    m_subject->setObjectName(QStringLiteral("figureSubject"));
    for (const FigureSubject &one : m_subjects)
        m_subject->addItem(one.name, static_cast<int>(one.kind));
    m_format->setObjectName(QStringLiteral("figureFormat"));
    m_format->addItem(tr("PDF: vectors, fonts inside"), QStringLiteral("pdf"));
    m_format->addItem(tr("SVG: vectors, text stays text"), QStringLiteral("svg"));
    m_format->addItem(tr("PNG: pixels"), QStringLiteral("png"));
    m_format->addItem(tr("CSV: the figures behind it"), QStringLiteral("csv"));
    m_size->setObjectName(QStringLiteral("figureSize"));
    m_size->addItem(tr("Paper, one column: 85 mm"), oneColumn);
    m_size->addItem(tr("Paper, two columns: 174 mm"), twoColumns);
    m_size->addItem(tr("Paper, another width"), 0.0);
    m_size->addItem(tr("Screen: 1600 × 900 pixels"), -1.0);
    m_height->setSpecialValueText(tr("as it comes"));
    m_height->setToolTip(tr("The map is as high as its rows"));
    m_points->setToolTip(tr("Of names and numbers, 4 to 24 points"));
    m_line->setToolTip(tr("Of curves, the front and the intervals, 0.1 to 5 points"));
    m_font->setObjectName(QStringLiteral("figureFont"));
    m_dots->setObjectName(QStringLiteral("figureDots"));
    m_dots->setRange(72, 2400);
    m_dots->setSingleStep(100);
    m_dots->setSuffix(QStringLiteral(" dpi"));
    m_dots->setToolTip(tr("Dots to an inch of a PNG: 300 for pictures, 600 for fine lines"));
    m_title->setObjectName(QStringLiteral("figureTitle"));
    auto *rows = new QFormLayout(form);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setHorizontalSpacing(spacing::around);
    rows->setVerticalSpacing(spacing::inside);
    const auto add = [rows](const QString &title, QWidget *field) {
        rows->addRow(title, field);
        field->setAccessibleName(title);
    };
    add(tr("What"), m_subject);
    add(tr("File"), m_format);
    add(tr("For"), m_size);
    add(tr("Width"), m_width);
    add(tr("Height"), m_height);
    add(tr("Font"), m_font);
    add(tr("Text"), m_points);
    add(tr("Lines"), m_line);
    add(tr("Dots"), m_dots);
    rows->addRow(QString(), m_title);
    m_font->setMaximumWidth(260);
}

void FigureDialog::restore()
{
    QSettings settings;
    settings.beginGroup(QStringLiteral("figure"));
    const auto number = [&settings](const char *key, double fallback) {
        return settings.value(QLatin1String(key), fallback).toDouble();
    };
    m_format->setCurrentIndex(std::max(
        0, m_format->findData(settings.value(QStringLiteral("format"), QStringLiteral("pdf")))));
    m_size->setCurrentIndex(settings.value(QStringLiteral("size"), 0).toInt());
    m_width->setValue(number("width", oneColumn));
    m_height->setValue(number("height", 0));
    m_points->setValue(number("points", 8));
    m_line->setValue(number("line", 0.8));
    m_dots->setValue(settings.value(QStringLiteral("dots"), 300).toInt());
    m_title->setChecked(settings.value(QStringLiteral("title"), false).toBool());
    m_font->setCurrentFont(
        QFont(settings.value(QStringLiteral("font"), FigureStyle().font().family()).toString()));
}

void FigureDialog::remember() const
{
    QSettings settings;
    settings.beginGroup(QStringLiteral("figure"));
    settings.setValue(QStringLiteral("format"), suffix());
    settings.setValue(QStringLiteral("size"), m_size->currentIndex());
    settings.setValue(QStringLiteral("width"), m_width->value());
    settings.setValue(QStringLiteral("height"), m_height->value());
    settings.setValue(QStringLiteral("points"), m_points->value());
    settings.setValue(QStringLiteral("line"), m_line->value());
    settings.setValue(QStringLiteral("dots"), m_dots->value());
    settings.setValue(QStringLiteral("title"), m_title->isChecked());
    settings.setValue(QStringLiteral("font"), m_font->currentFont().family());
}

bool FigureDialog::onPaper() const
{
    return m_size->currentData().toDouble() >= 0;
}

QString FigureDialog::suffix() const
{
    return m_format->currentData().toString();
}

const FigureSubject &FigureDialog::subject() const
{
    return m_subjects[static_cast<std::size_t>(m_subject->currentIndex())];
}

FigureLook FigureDialog::look(int dotsPerInch) const
{
    FigureLook look;
    look.texts = m_title->isChecked() ? FigureTexts::Titled : FigureTexts::Plain;
    if (!onPaper())
        return look;
    const double columns = m_size->currentData().toDouble();
    FigureStyle style;
    style.family = m_font->currentFont().family();
    style.points = m_points->value();
    style.widthMm = columns > 0 ? columns : m_width->value();
    style.heightMm = m_height->value();
    style.lineWidth = m_line->value();
    style.dotsPerInch = dotsPerInch;
    look.paper = style;
    return look;
}

FigureLook FigureDialog::rememberedLook()
{
    QSettings settings;
    settings.beginGroup(QStringLiteral("figure"));
    const auto number = [&settings](const char *key, double fallback) {
        return settings.value(QLatin1String(key), fallback).toDouble();
    };
    FigureLook look;
    look.texts = settings.value(QStringLiteral("title"), false).toBool() ? FigureTexts::Titled
                                                                         : FigureTexts::Plain;
    const int size = settings.value(QStringLiteral("size"), 0).toInt();
    if (size == screenSize)
        return look;
    FigureStyle style;
    style.family = settings.value(QStringLiteral("font")).toString();
    style.points = number("points", style.points);
    style.widthMm = size == 0 ? oneColumn : size == 1 ? twoColumns : number("width", oneColumn);
    style.heightMm = number("height", style.heightMm);
    style.lineWidth = number("line", style.lineWidth);
    style.dotsPerInch = static_cast<int>(number("dots", style.dotsPerInch));
    look.paper = style;
    return look;
}

QByteArray FigureDialog::content(const QString &suffix) const
{
    if (suffix == QLatin1String("csv"))
        return figureTable(subject()).csv();
    for (const PictureFormat format :
         {PictureFormat::Png, PictureFormat::Svg, PictureFormat::Pdf}) {
        if (suffix == suffixOf(format))
            return figurePicture(subject(), format, look(m_dots->value()));
    }
    return {};
}

void FigureDialog::showState()
{
    const bool csv = suffix() == QLatin1String("csv");
    const bool paper = onPaper() && !csv;
    const bool map = subject().kind == FigureKind::Map;
    m_size->setEnabled(!csv);
    m_width->setEnabled(paper && m_size->currentData().toDouble() == 0);
    for (QWidget *field : {static_cast<QWidget *>(m_font), static_cast<QWidget *>(m_points)})
        field->setEnabled(paper);
    m_line->setEnabled(paper && !map);
    m_height->setEnabled(paper && !map);
    m_title->setEnabled(!csv && !map);
    m_dots->setEnabled(paper && suffix() == QLatin1String("png"));
    showPreview();
}

void FigureDialog::showPreview()
{
    if (suffix() == QLatin1String("csv")) {
        m_preview->setText(
            tr("%n line(s) of figures", nullptr, int(figureTable(subject()).rows.size())));
        m_summary->clear();
        return;
    }
    // As many dots as the preview has, whatever the file will have.
    const FigureLook chosen = look(0);
    const double width = chosen.paper ? chosen.paper->widthMm : 1600 * 25.4 / 300;
    const int dots =
        qRound(qMin(previewWidth, m_preview->width()) * devicePixelRatioF() / width * 25.4);
    QImage image = QImage::fromData(figurePicture(subject(), PictureFormat::Png, look(dots)));
    const QSize room(previewWidth, previewWidth);
    image = image.scaled((room * devicePixelRatioF()).boundedTo(image.size()), Qt::KeepAspectRatio,
                         Qt::SmoothTransformation);
    image.setDevicePixelRatio(devicePixelRatioF());
    m_preview->setPixmap(QPixmap::fromImage(image));
    const double height = width * image.height() / qMax(1, image.width());
    m_summary->setText(onPaper() ? tr("%1 × %2 mm, text of %3 points, always light.")
                                       .arg(numberText(width, 0), numberText(height, 0),
                                            numberText(m_points->value(), 1))
                                 : tr("1600 × 900 pixels, always light."));
}

void FigureDialog::copy()
{
    remember();
    auto copied = suffix() == QLatin1String("csv")
                      ? copiedFigures(subject())
                      : copiedPicture(subject(), look(m_dots->value()));
    QApplication::clipboard()->setMimeData(copied.release());
    m_summary->setText(tr("Copied."));
}

void FigureDialog::save()
{
    remember();
    const QString ending = suffix();
    auto *dialog = new QFileDialog(this, tr("Save a picture"),
                                   QSettings().value(QStringLiteral("lastFolder")).toString(),
                                   QStringLiteral("%1 (*.%2)").arg(ending.toUpper(), ending));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    dialog->selectFile(QLatin1String(nameOf(subject().kind)) + '.' + ending);
    connect(dialog, &QFileDialog::fileSelected, this, [this, ending](const QString &path) {
        QSettings().setValue(QStringLiteral("lastFolder"), QFileInfo(path).absolutePath());
        try {
            const QByteArray bytes = content(ending);
            writeFile(path.toStdString(),
                      std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
            close();
        } catch (const Error &error) {
            Q_EMIT failed(translated(error.message()));
            m_summary->setText(translated(error.message()));
        }
    });
    dialog->open();
}

} // namespace pare
