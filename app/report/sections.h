// The parts of a report, each made from facts: sentences, tables and what pictures show. Tables have
// as many rows as they are given, and say where they leave some out. Free functions; the
// application's thread, whose translators give them their language.
#pragma once

#include "app/report/content.h"
#include "app/report/facts.h"
#include "app/report/words.h"

namespace pare {

using ReportBlocks = std::vector<ReportBlock>;

/// What a reader should know who reads no further.
ReportBlocks summaryBlocks(const ReportGroup &group, const ReportNumbers &numbers);
/// Size against accuracy, and the front in numbers.
ReportBlocks curveBlocks(const ReportGroup &group, const ReportNumbers &numbers);
/// What the chosen run left of each layer.
ReportBlocks mapBlocks(const ReportGroup &group);
/// What was done to each layer in the chosen run.
ReportBlocks recipeBlocks(const ReportGroup &group, const ReportNumbers &numbers,
                          std::size_t mostRows);
/// All runs, the smallest file first.
ReportBlocks runBlocks(const ReportGroup &group, const ReportNumbers &numbers,
                       std::size_t mostRows);
/// The files that runs were written to, and what reading each again found; empty: there are none.
ReportBlocks exportBlocks(const ReportGroup &group, const ReportNumbers &numbers);
/// Which answers changed, and where; empty where the project kept no answers.
ReportBlocks changeBlocks(const ReportGroup &group, const ReportNumbers &numbers,
                          std::size_t mostRows);
/// Every technique that some run used, with its paper, and how things were measured.
ReportBlocks methodBlocks(const ReportFacts &facts);
/// Versions, hashes and hardware.
ReportBlocks originBlocks(const ReportGroup &group, const ReportNumbers &numbers);
/// The commands that repeat each run.
ReportBlocks commandBlocks(const ReportGroup &group, const ReportNumbers &numbers,
                           std::size_t mostRuns);

/// "noun.animal", "1 … 6 words", as a sentence names a part of the data.
QString sliceName(const ReportGroup &group, const Slice &slice, const ReportNumbers &numbers);
/// A sentence on a part of the data that the mean hides.
QString collapseSentence(const ReportGroup &group, const CollapsedSlice &slice,
                         const ReportNumbers &numbers);

/// Places of the runs, the smallest file first.
std::vector<std::size_t> bySize(const ReportGroup &group);

} // namespace pare
