#pragma once
// A stage of the bake that is looked up on disk before it is computed.

#include <concepts>
#include <string_view>
#include <utility>

#include "engine/core/bytes.h"
#include "engine/core/cache.h"
#include "engine/core/file.h"
#include "engine/core/result.h"
#include "engine/geometry/mesh.h"

namespace stubble {

/// Adds what a mesh is, but for its colours.
inline void addMesh(ByteWriter& inputs, const TriMesh& mesh) {
    inputs(hashBytes(std::as_bytes(std::span(mesh.positionsMm))));
    inputs(hashBytes(std::as_bytes(std::span(mesh.normals))));
    inputs(hashBytes(std::as_bytes(std::span(mesh.triangles))));
}

/// The value stored for these inputs by this very program, or compute()'s, which is then stored. `eachField`
/// calls its second argument for every field of a value, and must do so for all that a stage yields.
template <typename Value, typename EachField, typename Compute>
Result<Value> cachedStage(std::string_view kind, ByteWriter inputs, const EachField& eachField,
                          const Compute& compute) {
    inputs(programHash());
    const ContentHash key = hashBytes(inputs.bytes());
    if (const auto stored = readCache(kind, key)) {
        Value value;
        ByteReader reader(*stored);
        eachField(value, reader);
        if (reader.atEnd()) return value;
    }
    Result<Value> value = compute();
    if (!value) return value;
    ByteWriter writer;
    eachField(*value, writer);
    writeCache(kind, key, writer.bytes());
    return value;
}

/// The same for a stage that yields one array of plain values and cannot fail.
template <typename T, typename Compute>
std::vector<T> cachedArray(std::string_view kind, ByteWriter inputs, const Compute& compute) {
    return *cachedStage<std::vector<T>>(
        kind, std::move(inputs), [](auto& values, auto& visit) { visit(values); },
        [&]() -> Result<std::vector<T>> { return compute(); });
}

}  // namespace stubble
