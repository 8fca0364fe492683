// The inspector's tab about singular values: the spectrum, its cut, and what to do with it.
// Window's thread; owned by the inspector.
#pragma once

#include "widgets/charts/spectrumview.h"

class QLabel;
class QPushButton;

namespace pare {

struct SpectrumPageData
{
    std::optional<SpectrumData> spectrum;
    QString note;          ///< why there is none, or what it is about
    bool editable = false; ///< whether a rank can be chosen

    bool operator==(const SpectrumPageData &) const = default;
};

class SpectrumPage : public QWidget
{
    Q_OBJECT

public:
    explicit SpectrumPage(QWidget *parent = nullptr);

    void setData(const SpectrumPageData &data);
    SpectrumView *view() const { return m_view; }

Q_SIGNALS:
    void rankChosen(int rank);

private:
    void showCut();
    void choose(int rank);

    SpectrumPageData m_data;
    SpectrumView *m_view;
    QPushButton *m_use;
    QLabel *m_note;
};

} // namespace pare
