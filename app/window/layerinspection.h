// Asks the document about the layer that is selected, as far as the inspector shows it, and keeps
// the answers. Window's thread; owned by the workspace.
#pragma once

#include "app/document/documentvalues.h"
#include "widgets/panels/inspectorpanel.h"

#include <QObject>

namespace pare {

class Document;

/// What has come by now; each may be of a layer that is no longer selected.
struct LayerSeen
{
    std::optional<LayerLook> look;
    std::optional<LayerSpectrum> spectrum;
    std::optional<LayerOptions> options;
    std::string pictureName;
    std::shared_ptr<const MatrixPictures> pictures; ///< none: not yet, or it is no matrix
    std::optional<Message> pictureUnknown;
    std::shared_ptr<const MatrixPictures> detail; ///< a part of them that was asked for
};

class LayerInspection : public QObject
{
    Q_OBJECT

public:
    LayerInspection(Document &document, InspectorPanel &panel, QObject *parent = nullptr);

    const LayerSeen &seen() const { return m_seen; }
    /// The one layer that is selected, and what is done to it; no name: none, or several. What is
    /// under way for another is cancelled.
    void inspect(const QString &layer, const Recipe &recipe);
    /// Another model: nothing that was seen holds any more.
    void forget();

Q_SIGNALS:
    void changed();

private:
    void ask();
    void takePicture(const LayerPicture &picture);
    std::shared_ptr<const MatrixPictures> picturesOf(const LayerPicture &picture) const;
    /// The layer becomes a product of that rank: by the step that says so already, or a new one.
    void chooseRank(const QString &layer, int rank);

    Document &m_document;
    InspectorPanel &m_panel;
    LayerSeen m_seen;
    std::string m_layer;
    Recipe m_recipe;
    // What was asked for, so that nothing is asked twice.
    bool m_askedLook = false, m_askedSpectrum = false, m_askedPicture = false,
         m_askedOptions = false;
};

} // namespace pare
