// A line for the layers of a step. Whoever is not typing in it reads its beginning and how many layers it
// means. Window's thread; owned by its parent.
#pragma once

#include <QLineEdit>

namespace pare {

class LayersLine : public QLineEdit
{
    Q_OBJECT

public:
    using QLineEdit::QLineEdit;

    /// How many layers the text means; negative: not known.
    void setCount(int count);
    /// What is read while nobody types: "role=query,key and block=2-… · 12 layers".
    QString shownText(int width) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    int m_count = -1;
};

} // namespace pare
