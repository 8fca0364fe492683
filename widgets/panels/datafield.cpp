#include "widgets/panels/datafield.h"

#include "widgets/theme/theme.h"

#include <QLabel>
#include <QStyle>
#include <QVBoxLayout>

namespace pare {

DataField::DataField(QWidget *parent)
    : QWidget(parent)
    , m_choice(new DataChoice)
    , m_words(new QLabel)
{
    m_words->setWordWrap(true);
    m_words->setSizePolicy(QSizePolicy::Ignored,
                           QSizePolicy::Preferred); // a long path must not widen
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::tight);
    column->addWidget(m_choice);
    column->addWidget(m_words);
    setFocusProxy(m_choice);
    connect(m_choice, &DataChoice::fileRequested, this, &DataField::fileRequested);
    connect(m_choice, &DataChoice::sourceChosen, this, &DataField::sourceChosen);
}

void DataField::setData(const DataFieldData &data)
{
    m_choice->setData(data.choice);
    if (data == m_data)
        return;
    m_data = data;
    const bool wrong = !data.problem.isEmpty();
    m_words->setText(wrong ? data.problem : data.holds);
    m_words->setToolTip(data.details);
    m_words->setVisible(!m_words->text().isEmpty());
    m_words->setProperty("kind", wrong ? "problem" : "secondary");
    m_words->style()->unpolish(m_words);
    m_words->style()->polish(m_words);
}

} // namespace pare
