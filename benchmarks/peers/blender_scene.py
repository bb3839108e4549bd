"""Draws the scene that compare exported with Blender's Cycles, as an experienced user would set it up.

    blender --background --factory-startup --python-exit-code 1 --python blender_scene.py \
        -- FOLDER OUT.png SAMPLES RANDOM_WALK|BURLEY

FOLDER holds head.ply and view.json (export_scene) and dots.csv (stubble place). The last word is how Cycles scatters
light in skin. Written for Blender 3.4.
"""

import json
import math
import pathlib
import sys
import time

import bpy
import mathutils
import numpy

WIDTH, HEIGHT = 1920, 1080
UNITS_PER_MM = 0.01  # a head about two units high, as Blender's tools and defaults like it
DOT_SIDES = 6  # a dot is a third of a pixel across
DOT_LIFT_MM = 0.03  # above the skin: more than a dot's rim can dip below the facets under it
# A disc in the open shows neither the light that its surroundings pass under it nor the blur of the skin over
# it: wider and not quite black it darkens the scalp as much as ours. Set by eye, once.
DOT_GROWTH = 1.6
DOT_COLOUR = (0.025, 0.022, 0.020)


def read_ply(path):
    """Positions (mm), tints and triangles of a head.ply by export_scene."""
    data = path.read_bytes()
    header, body = data.split(b"end_header\n", 1)
    counts = dict(line.split()[1:3] for line in header.decode().splitlines() if line.startswith("element"))
    vertices = numpy.frombuffer(body, "<f4", int(counts["vertex"]) * 6).reshape(-1, 6)
    faces = numpy.frombuffer(body, [("corners", "u1"), ("vertices", "<u4", 3)], int(counts["face"]), vertices.nbytes)
    return vertices[:, :3], vertices[:, 3:], faces["vertices"]


def mesh_object(name, positions_mm, corners, sides, material):
    """An object of polygons that all have the same number of sides."""
    mesh = bpy.data.meshes.new(name)
    polygons = len(corners) // sides
    mesh.vertices.add(len(positions_mm))
    mesh.vertices.foreach_set("co", (positions_mm * UNITS_PER_MM).astype("f4").ravel())
    mesh.loops.add(len(corners))
    mesh.loops.foreach_set("vertex_index", corners.astype("i4"))
    mesh.polygons.add(polygons)
    mesh.polygons.foreach_set("loop_start", numpy.arange(0, len(corners), sides, "i4"))
    mesh.polygons.foreach_set("loop_total", numpy.full(polygons, sides, "i4"))
    mesh.polygons.foreach_set("use_smooth", numpy.ones(polygons, "?"))
    mesh.update(calc_edges=True)
    mesh.materials.append(material)
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(thing)
    return mesh


def skin_material(skin, scattering):
    material = bpy.data.materials.new("skin")
    material.use_nodes = True
    nodes, links = material.node_tree.nodes, material.node_tree.links
    principled = nodes["Principled BSDF"]
    tint = nodes.new("ShaderNodeVertexColor")
    tint.layer_name = "tint"
    albedo = nodes.new("ShaderNodeMixRGB")
    albedo.blend_type = "MULTIPLY"
    albedo.inputs["Fac"].default_value = 1
    albedo.inputs["Color2"].default_value = (*skin["albedo"], 1)
    links.new(tint.outputs["Color"], albedo.inputs["Color1"])
    for socket in ("Base Color", "Subsurface Color"):
        links.new(albedo.outputs["Color"], principled.inputs[socket])
    principled.subsurface_method = scattering
    principled.inputs["Subsurface"].default_value = 1
    principled.inputs["Subsurface Radius"].default_value = [mm * UNITS_PER_MM for mm in skin["scatterMm"]]
    principled.inputs["Specular"].default_value = 0.35  # 0.028 at normal incidence
    principled.inputs["Roughness"].default_value = 0.42
    return material


def dot_material():
    material = bpy.data.materials.new("pigment")
    material.use_nodes = True
    principled = material.node_tree.nodes["Principled BSDF"]
    principled.inputs["Base Color"].default_value = (*DOT_COLOUR, 1)
    principled.inputs["Specular"].default_value = 0.35
    principled.inputs["Roughness"].default_value = 0.42
    return material


def add_head(folder, skin, scattering):
    positions, tints, triangles = read_ply(folder / "head.ply")
    mesh = mesh_object("head", positions, triangles.ravel(), 3, skin_material(skin, scattering))
    colours = mesh.color_attributes.new("tint", "FLOAT_COLOR", "POINT")
    colours.data.foreach_set("color", numpy.column_stack([tints, numpy.ones(len(tints), "f4")]).ravel())


def add_dots(folder):
    """All dots as one mesh of small discs. Returns how many."""
    dots = numpy.loadtxt(folder / "dots.csv", "f4", delimiter=",", skiprows=1, usecols=range(7))
    centres, normals, diameters = dots[:, :3], dots[:, 3:6], dots[:, 6:7]
    across = numpy.cross(normals, numpy.where(abs(normals[:, :1]) < 0.6, [[1, 0, 0]], [[0, 1, 0]]))
    across /= numpy.linalg.norm(across, axis=1, keepdims=True)
    along = numpy.cross(normals, across)
    # As large as a circle of that diameter.
    radius = 0.5 * DOT_GROWTH * diameters * math.sqrt(2 * math.pi / (DOT_SIDES * math.sin(2 * math.pi / DOT_SIDES)))
    middle = centres + DOT_LIFT_MM * normals
    turns = [2 * math.pi * side / DOT_SIDES for side in range(DOT_SIDES)]
    rims = [middle + radius * (math.cos(a) * across + math.sin(a) * along) for a in turns]
    positions = numpy.stack(rims, axis=1).reshape(-1, 3)
    mesh_object("dots", positions, numpy.arange(len(positions)), DOT_SIDES, dot_material())
    return len(dots)


def add_camera(camera):
    data = bpy.data.cameras.new("camera")
    data.sensor_fit = "VERTICAL"
    data.angle = camera["verticalFieldOfViewRadians"]
    data.clip_start, data.clip_end = 0.1, 100
    thing = bpy.data.objects.new("camera", data)
    eye, target, up = (mathutils.Vector(camera[key]) for key in ("eyeMm", "targetMm", "up"))
    back = (eye - target).normalized()
    right = up.cross(back).normalized()
    axes = mathutils.Matrix((right, back.cross(right), back)).transposed()
    thing.matrix_world = mathutils.Matrix.Translation(eye * UNITS_PER_MM) @ axes.to_4x4()
    bpy.context.scene.collection.objects.link(thing)
    bpy.context.scene.camera = thing


def add_lamps(lamps):
    """Suns: a sun of strength π lights a white surface that faces it to radiance 1."""
    for i, lamp in enumerate(lamps):
        data = bpy.data.lights.new(f"lamp {i}", "SUN")
        strongest = max(lamp["irradianceOverPi"])
        data.energy = math.pi * strongest
        data.color = [value / strongest for value in lamp["irradianceOverPi"]]
        data.angle = 2 * math.radians(lamp["radiusDegrees"])
        thing = bpy.data.objects.new(data.name, data)
        thing.rotation_mode = "QUATERNION"
        thing.rotation_quaternion = mathutils.Vector(lamp["towards"]).to_track_quat("Z", "Y")
        bpy.context.scene.collection.objects.link(thing)


def ramp(nodes, stops):
    node = nodes.new("ShaderNodeValToRGB")
    elements = node.color_ramp.elements
    while len(elements) < len(stops):
        elements.new(0.5)
    for element, (place, colour) in zip(elements, stops):
        element.position, element.color = place, (*colour, 1)
    return node


def add_world(ambient, backdrop):
    """Dim light from all round, and a pool of light behind the head that only the camera sees."""
    world = bpy.data.worlds.new("studio")
    bpy.context.scene.world = world
    world.use_nodes = True
    nodes, links = world.node_tree.nodes, world.node_tree.links
    coordinates = nodes.new("ShaderNodeTexCoord")

    # By height: ground at -1, side at 0, sky at 1.
    axes = nodes.new("ShaderNodeSeparateXYZ")
    links.new(coordinates.outputs["Generated"], axes.inputs[0])
    height = nodes.new("ShaderNodeMapRange")
    height.inputs["From Min"].default_value = -1
    links.new(axes.outputs["Y"], height.inputs["Value"])
    surrounding = ramp(nodes, [(0, ambient["ground"]), (0.5, ambient["side"]), (1, ambient["sky"])])
    links.new(height.outputs[0], surrounding.inputs[0])

    # By distance from the picture's middle, in heights of it.
    centred = nodes.new("ShaderNodeVectorMath")
    centred.operation = "MULTIPLY_ADD"
    links.new(coordinates.outputs["Window"], centred.inputs[0])
    widths = (0.85 * WIDTH / HEIGHT / 0.95, 1 / 0.95, 0)
    centred.inputs[1].default_value = widths
    centred.inputs[2].default_value = (-0.5 * widths[0], -0.52 * widths[1], 0)
    away = nodes.new("ShaderNodeVectorMath")
    away.operation = "LENGTH"
    links.new(centred.outputs[0], away.inputs[0])
    pool = ramp(nodes, [(0, backdrop["centre"]), (1, backdrop["edge"])])
    pool.color_ramp.interpolation = "EASE"
    links.new(away.outputs["Value"], pool.inputs[0])

    rays = nodes.new("ShaderNodeLightPath")
    seen = nodes.new("ShaderNodeMixRGB")
    links.new(rays.outputs["Is Camera Ray"], seen.inputs["Fac"])
    links.new(surrounding.outputs["Color"], seen.inputs["Color1"])
    links.new(pool.outputs["Color"], seen.inputs["Color2"])
    links.new(seen.outputs["Color"], nodes["Background"].inputs["Color"])


def set_up_render(samples, exposure, output):
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.device = "CPU"
    scene.cycles.samples = samples
    scene.cycles.use_adaptive_sampling = False
    scene.cycles.use_denoising = False
    scene.render.threads_mode = "AUTO"
    scene.render.resolution_x, scene.render.resolution_y = WIDTH, HEIGHT
    scene.render.resolution_percentage = 100
    scene.view_settings.view_transform = "Standard"
    scene.view_settings.exposure = math.log2(exposure)
    scene.render.image_settings.file_format = "PNG"
    scene.render.image_settings.color_mode = "RGB"
    scene.render.filepath = str(output)


def main():
    folder, output, samples, scattering = sys.argv[sys.argv.index("--") + 1 :]
    folder = pathlib.Path(folder)
    start = time.monotonic()
    view = json.loads((folder / "view.json").read_text())
    bpy.ops.wm.read_factory_settings(use_empty=True)
    add_head(folder, view["skin"], scattering)
    dots = add_dots(folder)
    add_camera(view["camera"])
    add_lamps(view["lamps"])
    add_world(view["ambient"], view["backdrop"])
    set_up_render(int(samples), view["exposure"], pathlib.Path(output).resolve())
    ready = time.monotonic()
    bpy.ops.render.render(write_still=True)
    print(f"peer: {dots} dots, set up in {ready - start:.2f} s, rendered in {time.monotonic() - ready:.2f} s")


main()
