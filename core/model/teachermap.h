// Which layer of a teacher teaches which layer of a student.
//
// A plain value: written in recipes, edited by a window, checked against both depths before it is
// used. Any thread.
#pragma once

#include <array>
#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

/// Numbers of blocks from 0.
struct LayerPair
{
    int student = 0;
    int teacher = 0;

    auto operator<=>(const LayerPair &) const = default;
};

/// Numbers of blocks, at least one each.
struct TeachingDepths
{
    int student = 0;
    int teacher = 0;
};

/// The maps of the papers. In their words, with layers from 1, the m-th of M student layers learns
/// from layer g(m) of N.
enum class TeacherMapKind {
    Uniform, ///< g(m) = m N / M, TinyBERT (Jiao et al. 2020)
    Top,     ///< g(m) = m + N - M, TinyBERT's other choice
    Bottom,  ///< g(m) = m, likewise
    Skip,    ///< Uniform without m = M, BERT-PKD (Sun et al. 2019): the logits teach the last layer
    Last,    ///< Top without m = M, BERT-PKD
};
inline constexpr std::array teacherMapKinds{TeacherMapKind::Uniform, TeacherMapKind::Top,
                                            TeacherMapKind::Bottom, TeacherMapKind::Skip,
                                            TeacherMapKind::Last};

/// "uniform", "top", "bottom", "skip" or "last".
std::string_view nameOf(TeacherMapKind kind);

class TeacherMap
{
public:
    TeacherMap() = default;
    /// In any order; each student layer once. Throws InvalidSetting where one stands twice or a
    /// number is negative.
    explicit TeacherMap(std::vector<LayerPair> pairs);

    /// The map of a paper. TinyBERT defines Uniform for multiples only; here m N / M is rounded
    /// down, so that the last layer learns from the last one at any depths. Throws InvalidSetting
    /// where the student is deeper than the teacher, and for Skip and Last where it has one layer.
    static TeacherMap of(TeacherMapKind kind, const TeachingDepths &depths);

    /// "0:1,1:3" (student:teacher, layers from 0); spaces are passed over. Throws InvalidSetting.
    static TeacherMap parsed(std::string_view text);

    /// The name of a kind or pairs, checked against the depths. Throws InvalidSetting.
    static TeacherMap parsed(std::string_view text, const TeachingDepths &depths);

    /// By student layer, ascending.
    const std::vector<LayerPair> &pairs() const { return m_pairs; }

    /// As parsed() reads it.
    std::string text() const;

    /// Throws InvalidSetting where there are no pairs or a layer is not one of the model's.
    void check(const TeachingDepths &depths) const;

    bool operator==(const TeacherMap &) const = default;

private:
    std::vector<LayerPair> m_pairs;
};

} // namespace pare
