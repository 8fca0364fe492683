#include "widgets/panels/matrixpage.h"

#include "widgets/theme/theme.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <initializer_list>

namespace pare {

namespace {

enum class Quantity { Weight, Change };

QString quantityOf(Quantity quantity, const MatrixData &data)
{
    const bool sizes = data.scale == MatrixData::Scale::Sizes;
    const bool change = quantity == Quantity::Change;
    if (data.isExact())
        return change ? (sizes ? MatrixPage::tr("|change|") : MatrixPage::tr("change"))
                      : (sizes ? QStringLiteral("|w|") : QStringLiteral("w"));
    return change ? (sizes ? MatrixPage::tr("mean |change|") : MatrixPage::tr("mean change"))
                  : (sizes ? MatrixPage::tr("mean |w|") : MatrixPage::tr("mean w"));
}

} // namespace

MatrixPage::MatrixPage(QWidget *parent)
    : QWidget(parent)
    , m_choices(new QWidget)
    , m_time(new QButtonGroup(this))
    , m_scale(new QButtonGroup(this))
    , m_view(new MatrixView)
    , m_readout(new QLabel)
    , m_note(new QLabel)
{
    setObjectName(QStringLiteral("matrixPage"));
    m_view->setObjectName(QStringLiteral("matrix"));
    m_note->setObjectName(QStringLiteral("matrixNote"));
    m_note->setWordWrap(true);
    m_readout->setObjectName(QStringLiteral("matrixReadout"));
    for (QLabel *label : {m_note, m_readout}) {
        label->setProperty("kind", "secondary");
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    auto *line = new QHBoxLayout(m_choices);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(spacing::tight);
    const auto id = [](auto value) { return static_cast<int>(value); };
    line->addWidget(
        addChoice(m_time, tr("Before"), QStringLiteral("matrixBefore"), id(Time::Before)));
    line->addWidget(addChoice(m_time, tr("After"), QStringLiteral("matrixAfter"), id(Time::After)));
    line->addWidget(addChoice(m_time, tr("Difference"), QStringLiteral("matrixDifference"),
                              id(Time::Difference)));
    line->addStretch(1);
    QToolButton *sizes = addChoice(m_scale, QStringLiteral("|w|"), QStringLiteral("matrixSizes"),
                                   id(MatrixData::Scale::Sizes));
    sizes->setAccessibleName(tr("Sizes of the weights"));
    QToolButton *signs = addChoice(m_scale, QStringLiteral("±w"), QStringLiteral("matrixSigned"),
                                   id(MatrixData::Scale::Signed));
    signs->setAccessibleName(tr("Weights with their signs"));
    line->addWidget(sizes);
    line->addWidget(signs);
    m_time->button(id(Time::Before))->setChecked(true);
    sizes->setChecked(true);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, spacing::inside, 0, 0);
    column->setSpacing(spacing::inside);
    column->addWidget(m_choices);
    column->addWidget(m_view);
    column->addWidget(m_readout);
    column->addWidget(m_note);
    for (QButtonGroup *group : {m_time, m_scale})
        connect(group, &QButtonGroup::idClicked, this, &MatrixPage::showPicture);
    connect(m_view, &MatrixView::pointedAt, this, &MatrixPage::showReadout);
    showReadout({});
    for (QWidget *widget : std::initializer_list<QWidget *>{m_choices, m_view, m_readout})
        widget->hide();
}

QToolButton *MatrixPage::addChoice(QButtonGroup *group, const QString &text, const QString &name,
                                   int id)
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setToolTip(tr("The matrix: %1").arg(text));
    button->setCheckable(true);
    button->setMinimumWidth(28); // so that a narrow dock does not cut off the last of them
    button->setFocusPolicy(Qt::StrongFocus);
    group->addButton(button, id);
    return button;
}

MatrixPage::Time MatrixPage::time() const
{
    const auto chosen = static_cast<Time>(m_time->checkedId());
    return m_data.pictures && m_data.pictures->after ? chosen : Time::Before;
}

void MatrixPage::setData(const MatrixPageData &data)
{
    if (data == m_data)
        return;
    const bool other =
        !data.pictures || !m_data.pictures || data.pictures->layer != m_data.pictures->layer;
    m_data = data;
    const bool there = data.pictures != nullptr;
    m_choices->setVisible(there);
    m_view->setVisible(there);
    m_readout->setVisible(there);
    m_note->setText(data.note);
    m_note->setVisible(!data.note.isEmpty());
    const bool changed = there && data.pictures->after;
    for (const Time time : {Time::After, Time::Difference})
        m_time->button(static_cast<int>(time))->setEnabled(changed);
    showPicture();
    if (other)
        m_view->showAll();
}

/// One line always, so that nothing below it moves.
void MatrixPage::showReadout(const QString &text)
{
    m_readout->setText(text.isEmpty() ? tr("The wheel, + and \u2212 zoom, 0 shows all.") : text);
    m_readout->setToolTip(m_readout->text());
}

void MatrixPage::showPicture()
{
    m_view->setData(m_data.pictures ? shownOf(*m_data.pictures) : MatrixData());
    m_view->setDetail(m_data.pictures && m_data.detail ? shownOf(*m_data.detail) : MatrixData());
}

MatrixData MatrixPage::shownOf(const MatrixPictures &pictures) const
{
    const bool difference = time() == Time::Difference && pictures.difference;
    const MatrixPictures::Grid &grid = difference ? *pictures.difference
                                       : time() == Time::After && pictures.after ? *pictures.after
                                                                                 : pictures.before;
    const auto scale = static_cast<MatrixData::Scale>(m_scale->checkedId());
    const auto valuesOf = [&](const MatrixPictures::Grid &of) -> const std::vector<float> & {
        return scale == MatrixData::Scale::Sizes ? of.sizes : of.means;
    };
    MatrixData data{pictures.rows, pictures.columns, pictures.out, pictures.in, valuesOf(grid)};
    // Before and after can only be compared on one scale.
    data.limit = matrixLimit(valuesOf(difference ? grid : pictures.before));
    data.scale = scale;
    data.region = pictures.region;
    data.quantity = quantityOf(difference ? Quantity::Change : Quantity::Weight, data);
    data.heads = pictures.heads;
    data.before = pictures.before.means;
    if (pictures.after)
        data.after = pictures.after->means;
    return data;
}

} // namespace pare
