// A large button that says in a second line what choosing it means: a technique, a way to start.
// Window's thread; owned by its parent.
#pragma once

#include "core/model/technique.h"

#include <QAbstractButton>
#include <optional>

namespace pare {

class ChoiceButton : public QAbstractButton
{
    Q_OBJECT

public:
    ChoiceButton(const QString &title, const QString &summary, QWidget *parent = nullptr);

    /// Its mark stands before the title.
    void setFamily(Family family);
    /// A line of its own under the summary: what is missing before it can be used; empty: none.
    void setNote(const QString &note);
    /// Without a border, as one of a list.
    void setFlat(bool flat);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    int textLeft() const;
    QRect noteRect(int width) const;
    QRect summaryRect(int width) const;

    QString m_summary;
    QString m_note;
    std::optional<Family> m_family;
    bool m_flat = false;
};

} // namespace pare
