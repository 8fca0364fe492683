#include "widgets/layermap/layerwords.h"

#include <QCoreApplication>
#include <map>

namespace pare {

QString purposeText(LayerRole role)
{
    static const std::map<LayerRole, const char *> sentences{
        {LayerRole::TokenEmbedding,
         QT_TRANSLATE_NOOP("pare::LayerMap", "A row of numbers for each token of the vocabulary: "
                                             "here text becomes numbers.")},
        {LayerRole::PositionEmbedding,
         QT_TRANSLATE_NOOP("pare::LayerMap",
                           "A row of numbers for each place in the text, added to the tokens'.")},
        {LayerRole::TypeEmbedding,
         QT_TRANSLATE_NOOP("pare::LayerMap",
                           "A row of numbers for either text of a pair, added to the tokens'.")},
        {LayerRole::Query,
         QT_TRANSLATE_NOOP("pare::LayerMap", "What each token looks for in the others.")},
        {LayerRole::Key, QT_TRANSLATE_NOOP("pare::LayerMap", "What each token is found by.")},
        {LayerRole::Value,
         QT_TRANSLATE_NOOP("pare::LayerMap", "What a token hands on to those that found it.")},
        {LayerRole::Output,
         QT_TRANSLATE_NOOP("pare::LayerMap", "Mixes what the heads of attention found.")},
        {LayerRole::Up,
         QT_TRANSLATE_NOOP("pare::LayerMap", "The first half of the feed-forward part: makes many "
                                             "numbers of those of a token.")},
        {LayerRole::Down,
         QT_TRANSLATE_NOOP("pare::LayerMap", "The second half of the feed-forward part: makes as "
                                             "few of them again as there were.")},
        {LayerRole::Norm,
         QT_TRANSLATE_NOOP("pare::LayerMap",
                           "Brings the numbers of a token to one scale; it has next to no bytes.")},
        {LayerRole::Pooler,
         QT_TRANSLATE_NOOP("pare::LayerMap", "Makes one row of numbers of the whole text.")},
        {LayerRole::Classifier, QT_TRANSLATE_NOOP("pare::LayerMap", "Gives each label its score.")},
    };
    const auto found = sentences.find(role);
    return found == sentences.end() ? QString()
                                    : QCoreApplication::translate("pare::LayerMap", found->second);
}

} // namespace pare
