#include "engine/jobs/board_table.h"

#include "engine/jobs/csv.h"
#include "engine/jobs/mismatch.h"
#include "engine/jobs/spread_report.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson orNull(bool is, double value) {
    return is ? reportNumber(value) : OrderedJson();
}

/// In the order of the CSV's columns.
OrderedJson figuresJson(const CellFigures& figures) {
    const bool any = figures.treated.areaCm2 > 0;
    OrderedJson json = {{"dots", figures.treated.dots},
                        {"treatedCm2", orNull(any, figures.treated.areaCm2)},
                        {"dotsPerCm2", orNull(any, figures.treated.dotsPerCm2())}};
    const PigmentFigures pigment = figures.pigment.value_or(PigmentFigures{});
    json["coverage"] = orNull(figures.pigment.has_value(), pigment.coverage);
    json["darkening"] = orNull(figures.pigment.has_value(), pigment.darkening);
    return json;
}

/// Only where it was asked for.
OrderedJson mismatchJsonOf(const CellFigures& figures) {
    const MismatchMeasure measure = figures.mismatch.value_or(MismatchMeasure{});
    const bool any = figures.mismatch.has_value();
    OrderedJson json = {{"dPrime", orNull(any, measure.dPrime)},
                        {"chanceDPrime", orNull(any, measure.chanceDPrime)},
                        {"strongestPart", any ? OrderedJson(strongestPart(measure)) : OrderedJson()}};
    if (!any) json["fault"] = figures.mismatchFault;
    return json;
}

std::string fieldOf(const OrderedJson& value) {
    return value.is_null() ? "" : value.is_string() ? csvField(value.get<std::string>()) : value.dump();
}

/// The value that a cell has of a sweep.
std::string_view valueOf(const BoardSpec& spec, std::size_t cell, std::size_t sweep) {
    std::size_t rest = cell;
    for (std::size_t k = 0; k < sweep; ++k) rest /= spec.sweeps[k].values.size();
    return spec.sweeps[sweep].values[rest % spec.sweeps[sweep].values.size()];
}

}  // namespace

std::string boardCsv(const Board& board) {
    const BoardSpec& spec = board.job.spec;
    const bool mismatch = board.job.mismatchDistanceCm.has_value();
    std::string csv = spec.quiz ? "picture,letter,title" : "picture,title";
    for (const BoardSweep& sweep : spec.sweeps) csv += ',' + sweep.key;
    csv += ",dots,treatedCm2,dotsPerCm2,coverage,darkening";
    if (mismatch) csv += ",distanceCm,dPrime,chanceDPrime,strongestPart";
    csv += '\n';
    for (std::size_t i = 0; i < board.pictures.size(); ++i) {
        csv += std::to_string(i + 1);
        if (spec.quiz) csv += ',' + cellLetter(i);
        csv += ',' + csvField(spec.cells[i].title);
        for (std::size_t k = 0; k < spec.sweeps.size(); ++k) csv += ',' + csvField(valueOf(spec, i, k));
        const OrderedJson figures = figuresJson(board.pictures[i].figures);
        for (const auto& [name, value] : figures.items()) csv += ',' + fieldOf(value);
        if (mismatch) {
            const OrderedJson measured = mismatchJsonOf(board.pictures[i].figures);
            csv += fmt::format(",{:g}", *board.job.mismatchDistanceCm);
            for (const char* name : {"dPrime", "chanceDPrime", "strongestPart"})
                csv += ',' + fieldOf(measured[name]);
        }
        csv += '\n';
    }
    return csv;
}

OrderedJson boardJson(const Board& board, bool withSeconds) {
    const BoardJob& job = board.job;
    OrderedJson json = {{"stubble", "board"}};
    if (!job.spec.title.empty()) json["title"] = job.spec.title;
    if (!job.spec.description.empty()) json["description"] = job.spec.description;
    json["camera"] = job.camera;
    json["light"] = job.light;
    json["crop"] = OrderedJson::array();
    for (const float share : {job.crop.left, job.crop.top, job.crop.width, job.crop.height})
        json["crop"].push_back(reportNumber(double{share}));
    json["cellPx"] = {job.cellWidth, job.cellHeight};
    json["samples"] = job.samples;
    json["columns"] = job.spec.columns;
    json["rows"] = job.spec.rows;
    json["blocks"] = job.spec.blocks;
    json["sweeps"] = OrderedJson::array();
    for (const BoardSweep& sweep : job.spec.sweeps)
        json["sweeps"].push_back(OrderedJson::object(
            {{"key", sweep.key}, {"title", keyTitle(sweep.key)}, {"values", sweep.values}}));
    if (job.mismatchDistanceCm) json["distanceCm"] = reportNumber(*job.mismatchDistanceCm);
    json["pictures"] = OrderedJson::array();
    for (std::size_t i = 0; i < board.pictures.size(); ++i) {
        OrderedJson cell = {{"picture", i + 1}};
        if (job.spec.quiz) cell["letter"] = cellLetter(i);
        cell["title"] = job.spec.cells[i].title;
        cell["settings"] = job.spec.cells[i].settings;
        cell.update(figuresJson(board.pictures[i].figures));
        if (job.mismatchDistanceCm) cell["mismatch"] = mismatchJsonOf(board.pictures[i].figures);
        json["pictures"].push_back(std::move(cell));
    }
    json["renderer"] = board.renderer;
    if (withSeconds) json["seconds"] = reportNumber(board.seconds);
    json["design"] = OrderedJson::parse(formatDesign(job.design));
    return json;
}

}  // namespace stubble
