//! The Natural Earth projection: the world in a rounded frame that flatters no hemisphere.
//!
//! Tom Patterson; the polynomial of Šavrič, Jenny, Patterson, Petrovič, Hurni, *A Polynomial Equation for the Natural Earth
//! Projection*, Cartography and Geographic Information Science 38(4), 2011.

/// Units of a drawing from its left edge to its right one.
pub(super) const WIDTH: f64 = 2000.0;
/// Units from its upper edge to its lower one.
pub(super) const HEIGHT: f64 = 1040.0;

/// Where a place is in the drawing: degrees north and east to units right and down.
pub(super) fn project(lat: f64, lon: f64) -> (f64, f64) {
    let (lat, lon) = (lat.clamp(-90.0, 90.0).to_radians(), lon.clamp(-180.0, 180.0).to_radians());
    let (square, fourth) = (lat * lat, lat.powi(4));
    let x = lon
        * (0.8707 - 0.131979 * square
            + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth)));
    let y =
        lat * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth)));
    let unit = WIDTH / 2.0 / (std::f64::consts::PI * 0.8707);
    (WIDTH / 2.0 + x * unit, HEIGHT / 2.0 - y * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_where_they_belong() {
        for ((lat, lon), (x, y)) in [
            ((0.0, 0.0), (1000.0, 520.0)),
            ((0.0, 180.0), (2000.0, 520.0)),
            ((90.0, 0.0), (1000.0, 0.0)),
            ((-90.0, 0.0), (1000.0, 1040.0)),
        ] {
            let (found_x, found_y) = project(lat, lon);
            assert!(
                (found_x - x).abs() < 1.0 && (found_y - y).abs() < 1.0,
                "{lat} {lon}: {found_x} {found_y}"
            );
        }
        let (seoul, lima) = (project(37.6, 127.0), project(-12.0, -77.0));
        assert!(seoul.0 > lima.0 && seoul.1 < lima.1);
    }
}
